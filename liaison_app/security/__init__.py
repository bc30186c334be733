"""Keys, the system keyring, hash chains, tags and sealed drafts. No key or secret ever stands in a repr or a log."""
