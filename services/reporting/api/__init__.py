"""The addresses of reporting: figures as JSON, the archive."""
