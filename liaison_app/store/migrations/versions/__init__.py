"""Migrations of the replica, frozen revision by revision."""
