"""What the tests of `shared.web` have, too: a tiny service with addresses."""

from tests.shared.web.conftest import diary

__all__ = ["diary"]
