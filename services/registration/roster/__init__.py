"""The roster a focal point uploads: a CSV as spreadsheets write it, every problem named."""
