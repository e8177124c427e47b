"""Papers of registration: the minutes of a selection."""
