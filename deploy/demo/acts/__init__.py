"""The acts of the play: what people do, in their own order."""
