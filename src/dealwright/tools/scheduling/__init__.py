"""Scheduling: when a meeting can be, how it is written down, and how it is said."""
