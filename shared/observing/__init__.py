"""What those who run an installation see of it: whether it is ready, what it counts, its traces."""
