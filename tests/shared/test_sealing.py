"""What is sealed is read by whoever sealed it, for the one it is of, and by nobody else."""

from uuid import uuid4

import pytest

from shared.links import Links
from shared.sealing import SealDoesNotOpen

LINKS = Links(b"the key of a service", "http://cadre.test", "registration")
ANN, BEN = uuid4(), uuid4()


def test_what_was_sealed_opens_and_is_not_readable_meanwhile() -> None:
    seals = LINKS.seals("follow-up")

    sealed = seals.seal(ANN, b"N1234567")

    assert seals.open(ANN, sealed) == b"N1234567"
    assert b"N1234567" not in sealed
    assert seals.seal(ANN, b"N1234567") != sealed


@pytest.mark.parametrize(
    ("links", "purpose", "identity"),
    [
        (LINKS, "follow-up", BEN),
        (LINKS, "offer", ANN),
        (Links(b"another key", "http://cadre.test", "registration"), "follow-up", ANN),
        (Links(b"the key of a service", "http://cadre.test", "scheduling"), "follow-up", ANN),
    ],
)
def test_it_opens_for_nobody_else_and_nothing_else(
    links: Links, purpose: str, identity: object
) -> None:
    sealed = LINKS.seals("follow-up").seal(ANN, b"N1234567")

    with pytest.raises(SealDoesNotOpen):
        links.seals(purpose).open(identity, sealed)  # type: ignore[arg-type]


def test_after_a_change_of_the_key_what_was_sealed_before_still_opens() -> None:
    sealed = LINKS.seals("follow-up").seal(ANN, b"N1234567")
    later = Links(b"its next key", LINKS.origin, LINKS.service, (b"between", LINKS.key))
    anew = later.seals("follow-up").seal(ANN, b"N1234567")

    opened = later.seals("follow-up").open(ANN, sealed)

    assert opened == b"N1234567"
    by_former = [later.seals("follow-up").is_by_former_key(ANN, one) for one in (sealed, anew)]
    assert by_former == [True, False]
    with pytest.raises(SealDoesNotOpen):
        LINKS.seals("follow-up").open(ANN, anew)


@pytest.mark.parametrize("place", [0, 12, -1])
def test_what_was_changed_does_not_open(place: int) -> None:
    sealed = bytearray(LINKS.seals("follow-up").seal(ANN, b"N1234567"))
    sealed[place] ^= 1

    with pytest.raises(SealDoesNotOpen):
        LINKS.seals("follow-up").open(ANN, bytes(sealed))


def test_what_is_cut_off_does_not_open() -> None:
    with pytest.raises(SealDoesNotOpen):
        LINKS.seals("follow-up").open(ANN, b"short")
