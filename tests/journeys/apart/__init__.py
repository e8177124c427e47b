"""The services of an installation, each in processes of its own, behind one origin."""
