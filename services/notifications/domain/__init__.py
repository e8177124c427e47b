"""The rules of notifications: the key of a message, its states, its channels, its reminders."""
