"""Looks at a running installation, and says for each thing what is right, or what to do."""
