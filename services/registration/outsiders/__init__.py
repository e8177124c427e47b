"""Other systems that take part: their secrets, and their place in the broker."""
