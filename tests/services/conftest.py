"""Tests of services run on the two kinds of database by turns."""

from tests.by_turns import pytest_generate_tests

__all__ = ["pytest_generate_tests"]
