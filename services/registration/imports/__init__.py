"""Files of many rows: kept, read by a job, shown, carried out when asked, and undone."""
