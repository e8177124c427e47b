"""What events of registration cause in scheduling."""
