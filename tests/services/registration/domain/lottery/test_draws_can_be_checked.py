"""A draw is a function of what was published and the seed, and anyone can make it again."""

import json
from collections import Counter
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.lottery.draw import commitment, draw
from services.registration.domain.lottery.fair import fair_lottery
from services.registration.domain.lottery.published import Lottery
from services.registration.domain.quotas import Candidate, Quota, broken_by
from tests.services.registration.domain.fields import CALL, an_officer, fields, quotas

SEED = bytes(range(32))


def drawn_by_somebody_else(published: bytes, seed: bytes) -> set[tuple[str, str]]:
    """Written from the recipe in the decision on lotteries, with nothing of ours."""
    lottery: dict[str, Any] = json.loads(published)
    block = 0

    def pick(limit: int) -> int:
        nonlocal block
        while True:
            text = seed + sha256(published).digest() + block.to_bytes(8, "big")
            number = int(sha256(text).hexdigest(), 16)
            block += 1
            if number // limit < (1 << 256) // limit:
                return number % limit

    tickets = [one["tickets"] for one in lottery["panels"]]
    ticket = pick(sum(tickets))
    winner = next(n for n in range(len(tickets)) if ticket < sum(tickets[: n + 1]))
    named = set()
    for kind, number in zip(lottery["kinds"], lottery["panels"][winner]["of_kind"], strict=True):
        urn = dict(enumerate(kind["members"]))
        for left in range(len(urn), len(urn) - number, -1):
            place = pick(left)
            named.add(tuple(urn[place]))
            urn[place] = urn[left - 1]
    return named


@given(field=fields(), asked=quotas(), seats=st.integers(0, 6), seed=st.binary(min_size=32))
@settings(max_examples=100, deadline=None)
def test_who_follows_the_recipe_draws_the_same_officers_and_they_keep_the_quotas(
    field: list[Candidate], asked: list[Quota], seats: int, seed: bytes
) -> None:
    lottery = fair_lottery(CALL, seats, asked, field)
    if not isinstance(lottery, Lottery):
        return
    published = lottery.as_bytes()

    named = draw(published, seed)

    assert set(named) == drawn_by_somebody_else(published, seed)
    chosen = [one for one in field if (one.party, one.reference) in named]
    assert len(named) == len(chosen) == lottery.seats
    assert not broken_by(chosen, asked)
    assert all(lottery.chance_of(one) for one in chosen)


def a_lottery() -> Lottery:
    women = [an_officer(str(n), sex="female") for n in range(3)]
    men = [an_officer(str(n), party="EG") for n in range(5)]
    found = fair_lottery(CALL, 3, [Quota("sex", "female", 1, 2)], [*women, *men])
    assert isinstance(found, Lottery)
    return found


def test_the_bytes_name_officers_by_party_and_reference_and_have_one_digest() -> None:
    lottery = a_lottery()

    content = json.loads(lottery.as_bytes())

    assert content["call"] == CALL
    assert content["kinds"][0]["members"] == [["EG", str(n)] for n in range(5)]
    assert sum(one["tickets"] for one in content["panels"]) == content["tickets"] == 10**12
    assert lottery.digest == sha256(lottery.as_bytes()).hexdigest()


def test_over_many_seeds_officers_are_drawn_as_often_as_their_chances_say() -> None:
    lottery = a_lottery()
    published = lottery.as_bytes()
    times = 4000

    drawn = Counter(
        officer
        for number in range(times)
        for officer in draw(published, sha256(number.to_bytes(4, "big")).digest())
    )

    for officer, chance in lottery.chances().items():
        assert drawn[officer] / times == pytest.approx(float(chance), abs=0.03)


def test_a_seed_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"2018")
