"""The bodies that the API of registration takes: strict, bounded, in the words of the field."""
