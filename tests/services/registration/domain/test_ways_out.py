"""What would let somebody take a free seat is found among few of those who wait."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.domain.field import Field, ways_out
from services.registration.domain.quotas import Candidate, Quota
from services.registration.domain.waiting_list import Next, what_would_let_somebody_follow
from tests.services.registration.domain.fields import CALL, fields, quotas


@given(field=fields(), asked=quotas(), seats=st.integers(1, 5), held=st.integers(0, 5))
@settings(max_examples=75, deadline=None)
def test_ways_out_are_those_of_the_whole_list(
    field: list[Candidate], asked: list[Quota], seats: int, held: int
) -> None:
    whole = Field(CALL, seats, asked, field[:held], field[held:])
    told = what_would_let_somebody_follow(seats, asked, whole.holders, whole.waiting)

    found = ways_out(whole)

    assert [one.relaxation for one in found] == list(told)
    for one in found:
        follows = whole.relaxed(one.relaxation).next()
        assert isinstance(follows, Next)
        assert follows.candidate == one.would_take
