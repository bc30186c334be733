"""The command line `liaison`: the window's use cases without a window."""
