"""Installations that were lost, whole or in part, and are restored."""
