"""The figures as rows for a spreadsheet: one figure a row."""

from collections.abc import Iterable, Iterator

from shared.web.pages import localized

from .shown import FiguresShown, Participation, SplitShown
from .words import Vocabulary

Row = list[object]
STEPS_OF_A_TRAIT = ("nominated", "selected", "confirmed")


def rows_of(figures: Participation, words: Vocabulary, language: str) -> Iterator[Row]:
    """The heading, then one figure a row, in the reader's language."""
    yield _heading(words)
    yield from _figures(figures, words, language)


def _heading(words: Vocabulary) -> Row:
    said, sexes = words.headings, words.sexes
    return [
        *(said[name] for name in ("group", "code", "name", "measure")),
        *(sexes[name] for name in ("women", "men", "not_stated")),
        *(said[name] for name in ("total", "women_share")),
    ]


def _figures(figures: Participation, words: Vocabulary, language: str) -> Iterator[Row]:
    said = words.headings
    yield from _measured([said["overall"], "", ""], figures.overall, words)
    yield [said["overall"], "", "", said["first_time"], *_numbers(figures.first_time)]
    for party in figures.by_party:
        name = localized(party.names, language)
        yield from _measured([said["party"], party.party, name], party, words)
    for unit in figures.by_unit:
        name = words.units.get(unit.unit, unit.unit)
        yield from _measured([said["unit"], unit.unit, name], unit, words)
    yield from _traits(figures, words)
    measure = words.measures["participations"]
    for one in figures.by_days:
        yield [said["days"], one.days, "", measure, *_numbers(one)]
    for status in figures.outcomes:
        name = words.outcomes.get(status.status, status.status)
        yield [said["outcomes"], status.status, name, said["nominations"], *_numbers(status)]
    yield from _calls(figures, words)
    certificates = figures.certificates
    for code, number in (("issued", certificates.issued), ("revoked", certificates.revoked)):
        yield [said["certificates"], code, said[code], *_plain("", number)]
    yield from _deliveries(figures, words)


def _measured(group: Iterable[object], figures: FiguresShown, words: Vocabulary) -> Iterator[Row]:
    for measure, name in words.measures.items():
        yield [*group, name, *_numbers(getattr(figures, measure))]


def _traits(figures: Participation, words: Vocabulary) -> Iterator[Row]:
    for one in figures.by_trait:
        group = [words.headings[one.dimension], one.value, words.trait(one.dimension, one.value)]
        for measure in STEPS_OF_A_TRAIT:
            yield [*group, words.measures[measure], *_numbers(getattr(one, measure))]


def _calls(figures: Participation, words: Vocabulary) -> Iterator[Row]:
    said = words.headings
    for measure in ("calls", "ended", "seats", "minimum_seats"):
        yield [said["calls"], measure, said[measure], *_plain("", getattr(figures.calls, measure))]
    for one in figures.selections:
        method = words.method(one.method, with_board=one.with_board)
        group = [said["selections"], one.reference, method]
        for measure in ("seats", "nominated", "selected", "waitlisted", "runs", "overrides"):
            number = getattr(one, measure)
            name = said.get(measure) or words.measures[measure]
            yield [*group, *_plain(name, "" if number is None else number)]


def _plain(measure: str, number: object) -> Row:
    """A number that nobody splits by sex."""
    return [measure, "", "", "", number, ""]


def _numbers(split: SplitShown) -> Row:
    share = "" if split.women_share is None else split.women_share
    return [split.women, split.men, split.not_stated, split.total, share]


def _deliveries(figures: Participation, words: Vocabulary) -> Iterator[Row]:
    for one in figures.deliveries:
        message = words.messages.get(one.message, one.message)
        channel = words.channels.get(one.channel, one.channel)
        status = words.statuses.get(one.status, one.status)
        name, group = f"{message}, {channel}", words.headings["deliveries"]
        yield [group, one.message, name, *_plain(status, one.messages)]
