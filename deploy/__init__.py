"""What brings an installation into the world: set-up, containers, and the demonstration."""
