"""Value types, commands, events and the pure decide / evolve: no I/O, the clock is an argument."""
