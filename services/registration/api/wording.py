"""Changes of quotas in the reader's words, as the pages say them."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from shared.context import Work
from shared.web.asked import Asked
from shared.web.pages import Pages, language_of

from ..domain.relaxations import Relaxation
from ..queries.call_page import party_names
from ..queries.calls import show_call
from ..queries.feasibility import InWords


async def in_words_for(asked: Asked, call_id: UUID) -> InWords:
    """How to say what would be enough to who asked. Raises `NotFound`."""
    names = await asked.read(partial(_names_of_parties, call_id=call_id))
    pages: Pages = asked.request.app.state.pages
    macros = partial(pages.macros, language_of(asked.request))
    changed, words = macros("refusals.html").changed, macros("words.html")

    def say(one: Relaxation) -> str:
        return "\n".join(changed(each, words, names).striptags() for each in one.changes)

    return say


async def _names_of_parties(work: Work, call_id: UUID) -> Mapping[str, Mapping[str, str]]:
    return await party_names(work, (await show_call(work, call_id)).parties)
