"""Migrations: every schema this program ever had, as SQL for each database."""
