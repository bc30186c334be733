"""The shared database as SQL: numbered migrations (``0001_…``), and functions that are made anew at every upgrade (``f…``)."""
