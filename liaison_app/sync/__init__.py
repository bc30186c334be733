"""Synchronising with the shared database: what is sent, what comes, what is decided again (docs/SYNC.md)."""
