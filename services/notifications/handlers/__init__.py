"""What events cause in notifications."""
