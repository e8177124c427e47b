"""The figures of participation as a file for spreadsheets."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from shared.refusals import NotFound
from shared.spreadsheet import as_csv
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.pages import language_of, words_for
from shared.web.problems import documented

from ..queries.participation import of_activity, of_project
from ..shown import Participation
from ..spreadsheet import rows_of
from ..words import vocabulary

routes = router()
_CSV: dict[int | str, Any] = {
    200: {"content": {"text/csv": {}}, "description": "UTF-8 with byte order mark."}
}


@routes.get(
    "/activities/{activity_id}/participation.csv",
    tags=["participation"],
    response_class=Response,
    responses=_CSV | documented(NotFound),
)
async def activity_file(asked: AskedBy, activity_id: UUID) -> Response:
    """The figures of an activity, one a row; headings in the language of `?lang`."""
    figures = await asked.read(partial(of_activity, activity_id=activity_id))
    return _file(asked.request, figures, figures.activities[0].reference)


@routes.get(
    "/projects/{project_id}/participation.csv",
    tags=["participation"],
    response_class=Response,
    responses=_CSV | documented(NotFound),
)
async def project_file(asked: AskedBy, project_id: UUID) -> Response:
    """The figures of a whole project, one a row; headings in the language of `?lang`."""
    figures = await asked.read(partial(of_project, project_id=project_id))
    return _file(asked.request, figures, figures.project.code if figures.project else "project")


def _file(request: Request, figures: Participation, reference: str) -> Response:
    language = language_of(request)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", reference).strip("-") or "figures"
    return Response(
        as_csv(rows_of(figures, vocabulary(words_for(request), language), language)),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-participation.csv"',
            "Content-Language": language,
        },
    )
