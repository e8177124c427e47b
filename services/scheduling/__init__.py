"""Scheduling: what happens where and when, who took part, who completed."""

from .app import build

__all__ = ["build"]
