"""What stands before the services of an installation: its front door, and who may walk in."""

from .door import HERE as FOLDER
from .door import add_front_door
from .personas import Personas

__all__ = ["FOLDER", "Personas", "add_front_door"]
