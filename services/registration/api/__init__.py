"""The HTTP addresses of registration."""
