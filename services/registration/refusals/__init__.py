"""What registration refuses, by name."""
