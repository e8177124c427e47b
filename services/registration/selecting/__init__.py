"""The selection: from which pool, by which method, how it is computed and drawn."""
