"""With what an operator asks the services that run apart from registration."""

from types import SimpleNamespace
from typing import Any

from services.registration.__main__ import as_admin
from shared.process.environment import Environment


def a_process(**variables: str) -> Any:
    """A process of registration, as far as it is asked here."""
    return SimpleNamespace(environment=Environment(variables))


def test_without_a_local_issuer_they_are_asked_by_the_token_that_is_given() -> None:
    given = as_admin(a_process(CADRE_ACCESS_TOKEN="a-token"))

    assert given == {"Authorization": "Bearer a-token"}


def test_without_either_they_are_not_asked() -> None:
    assert as_admin(a_process()) == {}
