"""What is shown: figures of participation, projects with their activities, the archive."""
