"""The replica: journal, projections, queries, search, drafts, numbers, backups. SQL lives here and nowhere else."""
