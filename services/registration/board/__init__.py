"""A selection board: its reviewers, their scores, and the time they have."""
