"""``make bench-sync``: synchronisation against COPY, plain SQLite and PouchDB, measured in the same run (docs/SCALING.md)."""
