"""The checker can fail: what is planted in a history is found, and nothing else is."""

from collections import Counter

from tests.faults.checker import Account, Stream, judge


def a_stream(*, attempted: int = 10, acknowledged: int = 10) -> Stream:
    """Commands 0 to 9, of which the first ones were acknowledged."""
    names = [f"F-{number}" for number in range(attempted)]
    return Stream(set(names), set(names[:acknowledged]))


def effects_of(stream: Stream) -> Counter[str]:
    """One effect of each command that was tried."""
    return Counter(stream.attempted)


def test_history_without_faults_is_clean() -> None:
    stream = a_stream()

    verdict = judge(stream, effects_of(stream))

    assert verdict.is_clean
    assert not verdict.recovered


def test_acknowledged_command_without_effect_is_lost() -> None:
    stream = a_stream()
    effects = effects_of(stream)
    del effects["F-3"]

    verdict = judge(stream, effects)

    assert verdict.lost == {"F-3"}
    assert not verdict.is_clean


def test_command_that_nobody_acknowledged_may_have_had_no_effect() -> None:
    stream = a_stream(acknowledged=9)
    effects = effects_of(stream)
    del effects["F-9"]

    verdict = judge(stream, effects)

    assert verdict.is_clean
    assert not verdict.recovered


def test_effect_of_a_command_that_nobody_acknowledged_is_recovered() -> None:
    stream = a_stream(acknowledged=8)

    verdict = judge(stream, effects_of(stream))

    assert verdict.is_clean
    assert verdict.recovered == {"F-8", "F-9"}


def test_second_and_third_effect_are_duplicated() -> None:
    stream = a_stream()
    effects = effects_of(stream)
    effects["F-5"] = 3

    verdict = judge(stream, effects)

    assert verdict.duplicated == {"F-5": 2}
    assert not verdict.is_clean


def test_effect_of_what_nobody_tried_is_unexpected_also_when_something_is_lost() -> None:
    stream = a_stream()
    effects = effects_of(stream)
    del effects["F-1"]
    effects["F-77"] = 1

    verdict = judge(stream, effects)

    assert verdict.unexpected == {"F-77"}
    assert verdict.lost == {"F-1"}


def test_unsettled_send_is_neither_lost_nor_hidden_when_it_arrived_twice() -> None:
    stream = a_stream()
    effects = effects_of(stream)
    del effects["F-1"]
    effects["F-2"] = 2

    verdict = judge(stream, effects, unsettled={"F-1", "F-2"})

    assert verdict.unsettled == {"F-1"}
    assert not verdict.lost
    assert verdict.duplicated == {"F-2": 1}


def test_account_adds_up_every_place_and_says_what_is_wrong() -> None:
    stream = a_stream(acknowledged=9)
    whole, holed = effects_of(stream), effects_of(stream)
    del holed["F-0"]
    account = Account()

    account.add(stream, [judge(stream, whole), judge(stream, holed)])
    account.regressions = 2

    assert (account.attempted, account.acknowledged, account.recovered) == (10, 9, 1)
    assert account.wrong == {"lost": 1, "regressions": 2}
