"""What people ask of registration."""
