"""A call: what it asks for, of whom, until when, and how it ends."""
