"""Notifications: who is told, how, and that it happened once."""

from .app import build
from .jobs import Deliver

__all__ = ["Deliver", "build"]
