"""Screening: whether a project asks for it, lists to the vetting office, results back."""

import asyncio
import hashlib
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound, NotYetKnown
from shared.spreadsheet import as_csv
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody, read_body
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.screening import AskForScreening, ListForScreening
from ..commands import screening_lists, screening_results
from ..queries import screening as queries
from ..queries.screening import (
    ResultsTaken,
    ScreeningAskedFor,
    ScreeningListShown,
    ScreeningShown,
)
from ..refusals.screening import (
    GroundsAreNotTaken,
    NobodyToScreen,
    ResultsAreNotValid,
    ResultsAreTooLarge,
)
from ..screening.results import read_results
from ..screening.sheet import as_workbook
from .nominations import FILE, WORKBOOK

routes = router()
MOST_BYTES = 5_000_000


@routes.get(
    "/projects/{project_id}/screening",
    tags=["screening"],
    responses=documented(NotFound, NotYetKnown),
)
async def show_screening(asked: AskedBy, project_id: UUID, response: Response) -> ScreeningAskedFor:
    """Whether nominees of a project are screened; how many stand where (coordinator, auditor)."""
    found = await asked.read(partial(queries.show_screening, project_id=project_id))
    response.headers["ETag"] = f'"{found.version}"'
    return found


@routes.put(
    "/projects/{project_id}/screening",
    tags=["screening"],
    response_model=ScreeningAskedFor,
    responses=documented(NotFound, NotYetKnown, VersionIsMissing, VersionHasMoved),
)
async def ask_for_screening(
    asked: AskedBy,
    project_id: UUID,
    wanted: Annotated[AskForScreening, Depends(JsonBody(AskForScreening))],
) -> Response:
    """Have the nominees of a project screened, or no longer; all its calls do as it does. Only who
    is cleared can then be offered a seat or accept it (coordinator)."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            screening_lists.ask_for_screening, project_id=project_id, asked=wanted, version=version
        ),
        audited=Audited("ask-for-screening", f"project/{project_id}"),
        show=partial(queries.show_screening, project_id=project_id),
    )


@routes.get("/calls/{call_id}/screening", tags=["screening"], responses=documented(NotFound))
async def list_screenings(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[ScreeningShown]:
    """Where the screening of each nomination of a call stands (coordinator)."""
    return await asked.read(partial(queries.list_screenings, call_id=call_id, place=place))


@routes.post(
    "/projects/{project_id}/screening/lists",
    status_code=201,
    tags=["screening"],
    response_model=ScreeningListShown,
    responses=documented(NotFound, NobodyToScreen),
)
async def list_for_screening(
    asked: AskedBy,
    project_id: UUID,
    wanted: Annotated[ListForScreening, Depends(JsonBody(ListForScreening))],
) -> Response:
    """Put whoever waits to be screened on a list for the vetting office (coordinator)."""
    list_id = new_id()
    return await asked.perform(
        partial(
            screening_lists.list_for_screening,
            project_id=project_id,
            list_id=list_id,
            asked=wanted,
        ),
        audited=Audited("list-for-screening", f"screening-list/{list_id}"),
        show=partial(queries.show_list, list_id=list_id),
        status=201,
    )


@routes.get("/screening/lists/{list_id}", tags=["screening"], responses=documented(NotFound))
async def show_list(asked: AskedBy, list_id: UUID) -> ScreeningListShown:
    """A list in numbers (coordinator)."""
    return await asked.read(partial(queries.show_list, list_id=list_id))


@routes.get(
    "/screening/lists/{list_id}/file",
    tags=["screening"],
    response_class=Response,
    responses={**documented(NotFound), 200: {"content": {"text/csv": {}, WORKBOOK: {}}}},
)
async def list_as_file(
    asked: AskedBy,
    list_id: UUID,
    form: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "xlsx",
) -> Response:
    """Who still waits, with an opaque reference each, and columns for the results (coordinator)."""
    rows = list(await asked.read(partial(queries.rows_of_list, list_id=list_id)))
    content = as_csv(rows) if form == "csv" else await asyncio.to_thread(as_workbook, rows)
    headers = {
        "Content-Disposition": f'attachment; filename="screening-{list_id}.{form}"',
        "Cache-Control": "no-store",
    }
    media_type = "text/csv; charset=utf-8" if form == "csv" else WORKBOOK
    return Response(content, headers=headers, media_type=media_type)


@routes.post(
    "/projects/{project_id}/screening/results",
    tags=["screening"],
    response_model=ResultsTaken,
    responses=documented(NotFound, GroundsAreNotTaken, ResultsAreNotValid, ResultsAreTooLarge),
    openapi_extra=FILE,
)
async def take_results(
    asked: AskedBy,
    project_id: UUID,
    preview: Annotated[bool, Query()] = False,
) -> Response | ResultsTaken:
    """Take the list as it came back, all of it or nothing: reference, cleared or not cleared, and
    from when until when. Grounds are refused, other columns are not read; with `preview` nothing
    is changed. The same file again changes nothing, nor does a row of an earlier list: it counts
    as unchanged (coordinator)."""
    length = asked.request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise ResultsAreTooLarge
    content = await read_body(asked.request)
    if len(content) > MOST_BYTES:
        raise ResultsAreTooLarge
    found = await asyncio.to_thread(read_results, content)
    if preview:
        check = partial(screening_results.check_results, project_id=project_id, found=found)
        return ResultsTaken(**await asked.read(check), preview=True)
    digest = hashlib.sha256(content).hexdigest()
    return await asked.perform(
        partial(screening_results.take_results, project_id=project_id, digest=digest, found=found),
        audited=Audited("take-screening-results", f"project/{project_id}"),
        show=partial(queries.results_taken, project_id=project_id, digest=digest),
    )
