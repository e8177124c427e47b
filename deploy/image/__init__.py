"""What the image of a service is made with, and by what a container says whether it is ready."""
