"""How participation is counted; standard library only."""
