"""A service as processes of its own: settings from the environment, and one role per process."""
