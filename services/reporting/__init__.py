"""What happened, counted: read models, results, and the archive of every public event."""
