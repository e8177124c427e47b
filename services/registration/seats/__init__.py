"""Seats: offered on terms, passed on when they are free, followed up when they are taken."""
