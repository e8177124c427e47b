"""The commands of `python -m services`: each module loads only what its own command needs."""
