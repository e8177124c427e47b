"""The order of the field comes from what was submitted and from nothing else."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from services.registration.domain.ordering import in_order_of_the_field, lot
from tests.services.registration.domain.fields import CALL, an_officer


def test_the_lot_can_be_recomputed_by_anyone() -> None:
    officer = an_officer("JO-007", party="JO")

    drawn = lot("AMM-2018-01-A", officer)

    assert drawn == sha256(b"13:AMM-2018-01-A,2:JO,6:JO-007,").hexdigest()


def test_texts_that_run_together_draw_different_lots() -> None:
    one, other = an_officer("7", party="JO1"), an_officer("17", party="JO")

    lots = {lot(CALL, one), lot(CALL, other)}

    assert len(lots) == 2


def test_in_time_comes_before_late_then_rank_then_lot() -> None:
    field = [an_officer(str(n), rank=1 + n % 2, late=n > 5) for n in range(8)]

    ordered = in_order_of_the_field(CALL, reversed(field))

    keys = [(one.late, one.rank, lot(CALL, one)) for one in ordered]
    assert keys == sorted(keys)


def test_the_id_of_a_nomination_does_not_move_it() -> None:
    field = [an_officer(str(n)) for n in range(6)]
    with_other_ids = [replace(one, nomination_id=uuid4()) for one in field]

    ordered = in_order_of_the_field(CALL, field)
    again = in_order_of_the_field(CALL, with_other_ids)

    assert [one.reference for one in ordered] == [one.reference for one in again]


def test_a_better_score_comes_first_and_none_after_any_but_late_last_of_all() -> None:
    late = an_officer("1", score=10, late=True)
    unscored = an_officer("2", rank=1)
    low, high = an_officer("3", rank=1, score=3), an_officer("4", rank=9, score=Decimal("3.5"))

    ordered = in_order_of_the_field(CALL, [late, unscored, low, high])

    assert ordered == (high, low, unscored, late)
