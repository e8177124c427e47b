"""What registration shows."""
