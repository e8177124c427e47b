"""Importing past participations in steps: sent, read, mapped, decided, confirmed, taken back."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Audited
from shared.contracts.event import PartyCode
from shared.ids import new_id
from shared.refusals import NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.history import ConfirmHistory, DecideRows, DescribeLayout
from ..commands import history_decisions, history_imports
from ..queries import history_imports as shown
from ..queries.history_shown import HistoryImportInFull, HistoryImportShown, HistoryRowShown
from ..queries.import_problems import ImportProblemShown
from ..refusals.history import (
    DecisionIsNotPossible,
    LayoutIsNotPossible,
    LayoutIsUndecided,
    OfficersAreUndecided,
    PartyIsMissing,
)
from ..refusals.imports import (
    FileIsNoSheet,
    ImportHasBadRows,
    ImportHasMoved,
    ImportIsForgotten,
    ImportIsTooLarge,
)
from .nominations import FILE
from .received import SENT_BEFORE, new_or_known, received
from .wording import problems_in_words

routes = router()
VERSIONED = (VersionIsMissing, VersionHasMoved)
STATES = "^(matched|suggested|unknown|known|absent|faulty)$"


@routes.post(
    "/history/imports",
    status_code=201,
    tags=["history"],
    response_model=HistoryImportShown,
    responses={
        **documented(NotAllowed, NotFound, PartyIsMissing, FileIsNoSheet, ImportIsTooLarge),
        200: {"model": HistoryImportShown, "description": SENT_BEFORE},
    },
    openapi_extra=FILE,
)
async def request_import(
    asked: AskedBy,
    party: Annotated[PartyCode | None, Query()] = None,
    file_name: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Send a CSV file or a workbook (.xlsx) of any layout, of up to 25,000 rows and 15 MB: a worker
    guesses its columns and matches its rows. Nothing is imported until that is confirmed; the same
    file again is the same import, and answered with 200."""
    import_id = new_id()
    async with received(asked) as (file, digest):
        return await asked.perform(
            partial(
                history_imports.request_import,
                import_id=import_id,
                party=party,
                file_name=file_name,
                digest=digest,
                file=file,
            ),
            audited=Audited("read-history", f"history-import/{import_id}"),
            show=partial(shown.show_import_of_file, party=party, digest=digest),
            status=new_or_known(import_id),
        )


@routes.get("/history/imports", tags=["history"], responses=documented(NotAllowed))
async def list_imports(asked: AskedBy, place: Paged) -> Listed[HistoryImportShown]:
    """The imports of the parties the caller meets, and those of several parties they read in."""
    return await asked.read(partial(shown.list_imports, place=place))


@routes.get(
    "/history/imports/{import_id}",
    tags=["history"],
    response_model=HistoryImportInFull | HistoryImportShown,
    responses=documented(NotFound),
)
async def show_import(asked: AskedBy, import_id: UUID, response: Response) -> HistoryImportShown:
    """How the columns of a file are read, and how its rows stand; in figures to auditors."""
    found = await asked.read(partial(shown.show_import_in_full, import_id=import_id))
    response.headers["ETag"] = f'"{found.version}"'
    return found


@routes.get(
    "/history/imports/{import_id}/problems", tags=["history"], responses=documented(NotFound)
)
async def list_problems(
    asked: AskedBy, import_id: UUID, place: Paged
) -> Listed[ImportProblemShown]:
    """Every bad row, with row, column and reason in the reader's language (Accept-Language, or
    `lang`)."""
    say = problems_in_words(asked.request)
    return await asked.read(partial(shown.list_problems, import_id=import_id, place=place, say=say))


@routes.get("/history/imports/{import_id}/rows", tags=["history"], responses=documented(NotFound))
async def list_rows(
    asked: AskedBy,
    import_id: UUID,
    place: Paged,
    state: Annotated[str | None, Query(pattern=STATES)] = None,
) -> Listed[HistoryRowShown]:
    """The rows as they were understood, whose they are or may be, and what is wrong with them."""
    say = problems_in_words(asked.request)
    return await asked.read(
        partial(shown.list_rows, import_id=import_id, state=state, place=place, say=say)
    )


@routes.put(
    "/history/imports/{import_id}/mapping",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(
        NotFound, NotAllowed, ImportHasMoved, ImportIsForgotten, LayoutIsNotPossible, *VERSIONED
    ),
)
async def describe_layout(
    asked: AskedBy,
    import_id: UUID,
    described: Annotated[DescribeLayout, Depends(JsonBody(DescribeLayout))],
) -> Response:
    """Say how the columns are read: a worker reads the rows anew, and the next file with the same
    headings is read so. Decisions about rows are asked again."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            history_imports.describe_layout,
            import_id=import_id,
            version=version,
            asked=described,
        ),
        audited=Audited("map-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )


@routes.post(
    "/history/imports/{import_id}/decisions",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(
        NotFound, NotAllowed, ImportHasMoved, ImportIsForgotten, DecisionIsNotPossible
    ),
)
async def decide_rows(
    asked: AskedBy,
    import_id: UUID,
    decided: Annotated[DecideRows, Depends(JsonBody(DecideRows))],
) -> Response:
    """Say whose rows are; a name alone only suggests, and a person decides."""
    return await asked.perform(
        partial(history_decisions.decide_rows, import_id=import_id, asked=decided),
        audited=Audited("decide-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )


@routes.post(
    "/history/imports/{import_id}/confirmation",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(
        NotFound,
        NotAllowed,
        ImportHasMoved,
        ImportIsForgotten,
        LayoutIsUndecided,
        ImportHasBadRows,
        OfficersAreUndecided,
    ),
)
async def confirm_import(
    asked: AskedBy,
    import_id: UUID,
    confirmed: Annotated[ConfirmHistory, Depends(JsonBody(ConfirmHistory))],
) -> Response:
    """Have a worker record what was previewed; what is known already is not doubled."""
    return await asked.perform(
        partial(history_imports.confirm_import, import_id=import_id, asked=confirmed),
        audited=Audited("import-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )


@routes.post(
    "/history/imports/{import_id}/withdrawal",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(NotFound, NotAllowed, ImportHasMoved),
)
async def withdraw_import(asked: AskedBy, import_id: UUID) -> Response:
    """Drop a file that is not imported yet, or have a worker take an import back as a whole, also a
    half-written one."""
    return await asked.perform(
        partial(history_imports.withdraw_import, import_id=import_id),
        audited=Audited("withdraw-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )
