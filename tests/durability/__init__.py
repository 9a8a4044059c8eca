"""What survives a killed process."""
