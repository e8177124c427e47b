"""What a file or an answer says in words, as the pages say it: nominees, and what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request

from shared.context import Work
from shared.contracts.event import Language
from shared.refusals import Fault, Refused
from shared.web.asked import Asked
from shared.web.pages import language_of, pages_of

from ..domain.relaxations import Relaxation
from ..nominees.spreadsheet import Words
from ..queries.call_page import party_names
from ..queries.calls import show_call
from ..queries.feasibility import InWords
from ..queries.import_problems import SayProblem
from ..refusals.imports import FileIsNoSheet, ImportHasBadRows
from ..refusals.nominations import OfficerIsNotEligible, RosterIsNotValid
from ..refusals.quotas import QuotasInTheWay

TOLD_BY_CODE = (RosterIsNotValid, ImportHasBadRows, FileIsNoSheet, OfficerIsNotEligible)


async def in_words_for(asked: Asked, call_id: UUID) -> InWords:
    """How to say what would be enough to who asked. Raises `NotFound`."""
    names = await asked.read(partial(_names_of_parties, call_id=call_id))
    return _saying_relaxations(*_words_of(asked.request), names)


def faults_in_words(request: Request, refusal: Refused) -> Sequence[Fault]:
    """What is wrong with a file, an officer, a panel; of all else, as the refusal has it."""
    said: Sequence[str]
    if isinstance(refusal, TOLD_BY_CODE):
        say = problems_in_words(request)
        said = [say(one.code, one.message) for one in refusal.faults]
    elif isinstance(refusal, QuotasInTheWay):
        refusals, words = _words_of(request)
        relaxed = _saying_relaxations(refusals, words, refusal.names)
        obstacle = partial(refusals.obstacle, words=words, names=refusal.names)
        said = [
            *(obstacle(one).striptags() for one in refusal.obstacles),
            *map(relaxed, refusal.relaxations),
        ]
    else:
        return refusal.faults
    return [replace(one, message=words) for one, words in zip(refusal.faults, said, strict=True)]


def problems_in_words(request: Request) -> SayProblem:
    """How to say what is wrong with a row by its code; a code without words, as it was noted."""
    refusals, words = _words_of(request)

    def say(code: str, noted: str) -> str:
        return str(words.rules.get(code) or refusals.problems.get(code) or noted)

    return say


def words_of_nominees(asked: Asked, language: Language) -> Words:
    """How a file of nominees is said in a language."""
    pages = pages_of(asked.request)
    words = pages.macros(language, "words.html")
    return Words(
        say=pages.translate(language),
        statuses=words.statuses,
        reason=lambda why: words.reason(why).striptags(),
    )


def _words_of(request: Request) -> tuple[Any, Any]:
    """The macros that say refusals, and the words of codes."""
    pages, language = pages_of(request), language_of(request)
    return pages.macros(language, "refusals.html"), pages.macros(language, "words.html")


def _saying_relaxations(
    refusals: Any, words: Any, names: Mapping[str, Mapping[str, str]]
) -> InWords:
    def say(one: Relaxation) -> str:
        return "\n".join(refusals.changed(each, words, names).striptags() for each in one.changes)

    return say


async def _names_of_parties(work: Work, call_id: UUID) -> Mapping[str, Mapping[str, str]]:
    return await party_names(work, (await show_call(work, call_id)).parties)
