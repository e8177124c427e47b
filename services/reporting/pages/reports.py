"""The pages of reporting: what may be seen, and the report of an activity or a project."""

from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from babel.numbers import format_percent
from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.pages import language_of, localized, show, words_for
from shared.web.problems import documented

from ..chart import chart_of
from ..domain.participation import Step
from ..queries.participation import of_activity, of_project
from ..queries.projects import list_projects
from ..shown import Participation
from ..spreadsheet import STEPS_OF_A_TRAIT
from ..words import Vocabulary, vocabulary

routes = router()


@routes.get("/", tags=["pages"], response_class=HTMLResponse)
async def home(asked: AskedBy) -> Response:
    """The projects and activities the reader may see, with links to their reports."""
    projects = await asked.read(list_projects)
    return _show(asked, "home.html", projects=projects)


@routes.get(
    "/activities/{activity_id}/report",
    tags=["pages"],
    response_class=HTMLResponse,
    responses=documented(NotFound),
)
async def activity_report(asked: AskedBy, activity_id: UUID) -> Response:
    """The report of an activity, with charts and tables."""
    figures = await asked.read(partial(of_activity, activity_id=activity_id))
    return _report(asked, figures)


@routes.get(
    "/projects/{project_id}/report",
    tags=["pages"],
    response_class=HTMLResponse,
    responses=documented(NotFound),
)
async def project_report(asked: AskedBy, project_id: UUID) -> Response:
    """The report of all activities of a project; unique officers and participations apart."""
    figures = await asked.read(partial(of_project, project_id=project_id))
    return _report(asked, figures, whole_project=True)


def _report(asked: AskedBy, figures: Participation, *, whole_project: bool = False) -> Response:
    language = language_of(asked.request)
    words, mirrored = _words(asked.request), language == "ar"
    steps = [(words.measures[step], getattr(figures.overall, step)) for step in Step]
    named = sorted(
        ((localized(one.names, language) or one.party, one) for one in figures.by_party),
        key=itemgetter(0),
    )
    return _show(
        asked,
        "report.html",
        figures=figures,
        activity=None if whole_project else figures.activities[0],
        names={one.party: one.names for one in figures.by_party},
        parties_shown=[one for _, one in named],
        steps_chart=chart_of(steps, mirrored=mirrored),
        trait_steps=STEPS_OF_A_TRAIT,
        parties_chart=chart_of(
            [(name, one.participations) for name, one in named], mirrored=mirrored
        ),
        percent=partial(_percent, language=language),
    )


def _show(asked: AskedBy, template: str, **values: Any) -> Response:
    request = asked.request
    return show(request, template, words=_words(request), **values)


def _words(request: Request) -> Vocabulary:
    return vocabulary(words_for(request), language_of(request))


def _percent(share: float, language: str) -> str:
    of_one = Decimal(str(share)) / 100
    return format_percent(of_one, locale=language, decimal_quantization=False)
