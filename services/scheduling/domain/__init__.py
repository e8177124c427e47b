"""Rules of scheduling, pure: the time and the records are arguments."""
