"""Nominations on their way: moved, returned, changed, offered elsewhere, and who is told."""
