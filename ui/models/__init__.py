"""What feeds tables: ids and rows, read in pages."""
