"""Dealwright: an AI sales department that you run yourself."""
