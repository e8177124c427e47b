"""Notifications: who is told, how, and that it happened once."""
