"""The order of the field: in time before late, the board's score (none comes after any), the
country's rank, then a hash nobody can steer.

The hash is the SHA-256 of what was submitted, each text framed as a netstring (its length in
bytes, a colon, the UTF-8 bytes, a comma) so that no two submissions read the same:

    13:AMM-2018-01-A,2:JO,6:JO-007,      (call reference, party, officer reference)

Never by id or time of entry: who types faster gains nothing, and anyone can recompute it."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from hashlib import sha256

from .quotas import Candidate

Merit = tuple[bool, Decimal | int, int, str]


def lot(call_reference: str, candidate: Candidate) -> str:
    """The hexadecimal SHA-256 that settles ties; the least comes first."""
    texts = (call_reference, candidate.party, candidate.reference)
    return sha256(b"".join(netstring(text) for text in texts)).hexdigest()


def in_order_of_the_field(
    call_reference: str, candidates: Iterable[Candidate]
) -> tuple[Candidate, ...]:
    return tuple(
        sorted(candidates, key=lambda one: (one.late, merit_of(call_reference, one))),
    )


def merit_of(call_reference: str, candidate: Candidate) -> Merit:
    """What orders two officers who are both in time, the less the better; the lot comes last."""
    return (*by_score(candidate), candidate.rank, lot(call_reference, candidate))


def by_score(candidate: Candidate) -> tuple[bool, Decimal | int]:
    """The best score first; who was not scored comes after all who were."""
    score = candidate.score
    return (True, 0) if score is None else (False, -score)


def refuse_the_same_officer_twice(field: Collection[Candidate]) -> None:
    """Raises ValueError where a party entered one of its officers twice."""
    if len({(one.party, one.reference) for one in field}) != len(field):
        raise ValueError("an officer of a party stands in this field twice")


def netstring(text: str) -> bytes:
    encoded = text.encode()
    return b"%d:%b," % (len(encoded), encoded)
