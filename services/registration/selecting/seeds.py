"""The seed of a call's lottery: committed to before anything is known, revealed by the draw.

A seed is 32 random bytes. Officers stand in what is published by a code: the SHA-256 of a salt of
their own, their party and their reference, each framed as a netstring; their focal point is told
the salt, so it can check the code, and nobody else can guess who it is."""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from shared.context import Work
from shared.contracts.registration import LotteryCommitted
from shared.ids import new_id
from shared.refusals import NotFound

from ..domain.ordering import netstring
from ..loading import Stored, first, several
from ..tables import lottery_contribution, lottery_seed

BYTES = 32


async def commit_seed(work: Work, call: Stored) -> list[LotteryCommitted]:
    """Have a seed that nobody has seen yet; the event that says which, by its SHA-256."""
    before = await latest_seed(work, call["id"])
    if before is not None and before["revealed_at"] is None:
        return []
    secret = secrets.token_bytes(BYTES)
    row = {
        "id": new_id(),
        "call_id": call["id"],
        "number": before["number"] + 1 if before else 1,
        "secret": secret.hex(),
        "salt": secrets.token_hex(BYTES),
        "commitment": sha256(secret).hexdigest(),
        "committed_at": work.now,
        "revealed_at": None,
    }
    await work.connection.execute(lottery_seed.insert().values(**row))
    known = {name: call[name] for name in ("activity_id", "project_id")}
    number, commitment = row["number"], row["commitment"]
    return [LotteryCommitted(call_id=call["id"], number=number, commitment=commitment, **known)]


async def latest_seed(work: Work, call_id: UUID) -> Stored | None:
    """The seed that the next draw of a call uses, or the last one used."""
    mine = select(lottery_seed).where(lottery_seed.c.call_id == call_id)
    return await first(work, mine.order_by(lottery_seed.c.number.desc()).limit(1))


async def required_seed(work: Work, call_id: UUID) -> Stored:
    """The seed that a run was asked for with. Raises `NotFound`."""
    found = await latest_seed(work, call_id)
    if found is None:
        raise NotFound
    return found


async def contributions_to(work: Work, seed_id: UUID) -> list[Stored]:
    """What others added to a seed, in the order they did."""
    mine = select(lottery_contribution).where(lottery_contribution.c.seed_id == seed_id)
    return await several(work, mine.order_by(lottery_contribution.c.number))


def joint_seed(secret: bytes, contributions: Sequence[str]) -> bytes:
    """What is drawn with: the seed itself, or, where others added words, the SHA-256 of the seed
    in hexadecimal and of their words in order, each framed as a netstring."""
    if not contributions:
        return secret
    return sha256(b"".join(netstring(one) for one in (secret.hex(), *contributions))).digest()


def salt_of(salt: str, party: str, reference: str) -> str:
    """The salt of one officer, which only their focal point and the organisation are told."""
    named = netstring(party) + netstring(reference)
    return hmac.new(bytes.fromhex(salt), named, sha256).hexdigest()


def code_of(salt: str, party: str, reference: str) -> str:
    """By what an officer stands in what is published."""
    texts = (salt_of(salt, party, reference), party, reference)
    return sha256(b"".join(netstring(text) for text in texts)).hexdigest()[:32]
