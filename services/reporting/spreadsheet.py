"""The figures as CSV: one figure a row, safe and readable in every spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator

from shared.web.pages import localized

from .shown import FiguresShown, Participation, SplitShown
from .words import Vocabulary

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for their country's old encoding, and Arabic is lost."""
OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = list[object]


def as_csv(figures: Participation, words: Vocabulary, language: str) -> bytes:
    """UTF-8 with byte order mark, headings in the reader's language."""
    written = io.StringIO()
    writer = csv.writer(written)
    for row in (_heading(words), *_rows(figures, words, language)):
        writer.writerow([safe(cell) for cell in row])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def safe(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(OPENS_A_FORMULA):
        return f"'{cell}"
    return cell


def _heading(words: Vocabulary) -> Row:
    said, sexes = words.headings, words.sexes
    return [
        *(said[name] for name in ("group", "code", "name", "measure")),
        *(sexes[name] for name in ("women", "men", "not_stated")),
        *(said[name] for name in ("total", "women_share")),
    ]


def _rows(figures: Participation, words: Vocabulary, language: str) -> Iterator[Row]:
    said = words.headings
    yield from _measured([said["overall"], "", ""], figures.overall, words)
    for party in figures.by_party:
        name = localized(party.names, language)
        yield from _measured([said["party"], party.party, name], party, words)
    for unit in figures.by_unit:
        name = words.units.get(unit.unit, unit.unit)
        yield from _measured([said["unit"], unit.unit, name], unit, words)
    measure = words.measures["participations"]
    for one in figures.by_days:
        yield [said["days"], one.days, "", measure, *_numbers(one)]
    certificates = figures.certificates
    for code, number in (("issued", certificates.issued), ("revoked", certificates.revoked)):
        yield [said["certificates"], code, said[code], "", "", "", "", number, ""]
    yield from _deliveries(figures, words)


def _measured(group: Iterable[object], figures: FiguresShown, words: Vocabulary) -> Iterator[Row]:
    for measure, name in words.measures.items():
        yield [*group, name, *_numbers(getattr(figures, measure))]


def _numbers(split: SplitShown) -> Row:
    share = "" if split.women_share is None else split.women_share
    return [split.women, split.men, split.not_stated, split.total, share]


def _deliveries(figures: Participation, words: Vocabulary) -> Iterator[Row]:
    for one in figures.deliveries:
        message = words.messages.get(one.message, one.message)
        channel = words.channels.get(one.channel, one.channel)
        status = words.statuses.get(one.status, one.status)
        name, group = f"{message}, {channel}", words.headings["deliveries"]
        yield [group, one.message, name, status, "", "", "", one.messages, ""]
