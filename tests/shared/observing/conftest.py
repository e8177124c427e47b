"""What the tests of `shared.web` have, too: a tiny service with addresses."""

from tests.shared.web.conftest import database_url, diary

__all__ = ["database_url", "diary"]
