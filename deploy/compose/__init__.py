"""Settings of an installation in containers: written for a sample, begun for a new one, checked."""
