"""Data that comes with the program: mechanisms, calendar, demo, words of the window, icons."""
