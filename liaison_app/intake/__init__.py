"""Reading foreign files of complaints: pure functions of bytes."""
