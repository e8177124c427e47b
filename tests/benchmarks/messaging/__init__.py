"""Messaging: consumer, relay and whole chain, each beside what others would write or use."""

from .measuring import run
from .telling import table

__all__ = ["run", "table"]
