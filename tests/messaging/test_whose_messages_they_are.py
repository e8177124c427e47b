"""Whose a message is that the broker gave up: told by its user, whose name has the prefix of the
installation where several share a broker."""

from types import SimpleNamespace
from typing import Any

import pytest

from shared.messaging.rabbit.deliveries import delivery_of
from shared.messaging.rabbit.exchanges import DEAD_LETTERS
from shared.messaging.rabbit.users import code_of, outsider_user, prefix_of
from shared.messaging.transport import Exchange

SENT = "external.attendance.recorded.v1"
FREED = "registration.seat.freed.v1"


def given_up(
    user: str | None, exchange: Exchange, routing_key: str, version: str = "3.13.7"
) -> Any:
    """A message that the broker gave up, as its user says that it was published."""
    death = {"exchange": exchange.value, "routing-keys": [routing_key]}
    return SimpleNamespace(
        exchange=DEAD_LETTERS,
        routing_key="scheduling",
        headers={"x-death": [death]},
        user_id=user,
        body=b"{}",
        redelivered=False,
        channel=SimpleNamespace(connection=SimpleNamespace(server_properties={"version": version})),
        content_type=None,
        message_id=None,
        reply_to=None,
    )


@pytest.mark.parametrize("prefix", ["", "north-", "out-of-town-"])
@pytest.mark.parametrize(
    ("user", "exchange", "routing_key", "believed"),
    [
        ("registration", Exchange.INTERNAL, FREED, True),
        ("out-jo-hr", Exchange.INGRESS, f"{SENT}.jo-hr", True),
        ("out-jo-hr", Exchange.INGRESS, f"{SENT}.ma-hr", False),
        ("out-jo-hr", Exchange.INTERNAL, FREED, False),
        (None, Exchange.INTERNAL, FREED, False),
    ],
)
def test_a_death_is_believed_of_who_could_have_published_so(
    prefix: str, user: str | None, exchange: Exchange, routing_key: str, believed: bool
) -> None:
    named = None if user is None else prefix + user

    read = delivery_of(given_up(named, exchange, routing_key), prefix)

    assert (read.message.type != "") is believed


@pytest.mark.parametrize(
    ("version", "exchange", "routing_key", "sender"),
    [
        ("4.0.5", Exchange.INGRESS, f"{SENT}.jo-hr", "jo-hr"),
        ("3.13.7", Exchange.INGRESS, f"{SENT}.jo-hr", ""),
        ("3.13.7", Exchange.INTERNAL, FREED, ""),
        ("4.0.5", Exchange.INTERNAL, FREED, ""),
        ("no number", Exchange.INGRESS, f"{SENT}.jo-hr", ""),
    ],
)
def test_what_is_given_up_without_a_user_is_a_claim_of_whom_the_broker_alone_names(
    version: str, exchange: Exchange, routing_key: str, sender: str
) -> None:
    raw = given_up(None, exchange, routing_key, version)

    read = delivery_of(raw).message

    assert (read.exchange, read.address) == (Exchange.INGRESS, sender)


def test_a_system_of_one_installation_is_none_of_another_ones_with_its_prefix_before() -> None:
    user = outsider_user("north-", "jo-hr")

    assert user == "north-out-jo-hr"
    assert (code_of(user, "north-"), code_of(user, ""), code_of(user, "south-")) == (
        "jo-hr",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("amqp://scheduling:s@broker/cadre", ""),
        ("amqp://north-scheduling:s@broker/cadre", "north-"),
        ("amqp://n%40rth-scheduling:s@broker/cadre", "n@rth-"),
        ("amqp://guest:guest@broker/", ""),
        ("amqp://broker/", ""),
    ],
)
def test_the_prefix_is_that_of_the_services_own_user(url: str, prefix: str) -> None:
    assert prefix_of(url, "scheduling") == prefix
