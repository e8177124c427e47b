"""Papers that are typeset: four languages, fonts of ours, the same bytes for the same facts."""
