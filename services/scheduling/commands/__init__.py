"""What people ask of scheduling: load, decide, save, answer what happened or a refusal."""
