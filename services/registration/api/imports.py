"""Importing nominations from a file in steps: sent, read, looked at, confirmed, undone."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Audited
from shared.ids import new_id
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy
from shared.web.body import JsonBody
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.imports import ConfirmRosterImport
from ..commands import imports
from ..queries import imports as queries
from ..queries.import_problems import ImportProblemShown
from ..queries.imports import RosterImportShown, RosterRowShown
from ..refusals.calls import CallHasEnded, CallIsClosed
from ..refusals.imports import (
    FileIsNoSheet,
    ImportHasBadRows,
    ImportHasMoved,
    ImportHasNoGoodRows,
    ImportIsForgotten,
    ImportIsTooLarge,
    ImportWasBuiltOn,
    RowsNamePartiesForStaffOnly,
    TooManyImportsWait,
)
from ..refusals.nominations import OfficerIsNotEligible
from .nominations import FILE
from .received import SENT_BEFORE, new_or_known, received
from .wording import problems_in_words

routes = router()


@routes.post(
    "/calls/{call_id}/imports",
    status_code=201,
    tags=["imports"],
    response_model=RosterImportShown,
    responses={
        **documented(
            NotFound,
            CallHasEnded,
            CallIsClosed,
            OfficerIsNotEligible,
            FileIsNoSheet,
            ImportIsTooLarge,
            TooManyImportsWait,
            RowsNamePartiesForStaffOnly,
        ),
        200: {"model": RosterImportShown, "description": SENT_BEFORE},
    },
    openapi_extra=FILE,
)
async def request_import(
    asked: AskedBy, call_id: UUID, party: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Send a CSV file or a workbook (.xlsx) of up to 25,000 rows and 15 MB, to be read by a worker.

    Nothing is imported until the import is confirmed. Without `party` each row names its own, in a
    column for it (coordinator). The same file again is the same import, and answered with 200.
    """
    import_id = new_id()
    async with received(asked) as (file, digest):
        return await asked.perform(
            partial(
                imports.request_import,
                import_id=import_id,
                call_id=call_id,
                party=party,
                digest=digest,
                file=file,
            ),
            audited=Audited("request-import", f"call/{call_id}"),
            show=partial(queries.show_import_of_file, call_id=call_id, party=party, digest=digest),
            status=new_or_known(import_id),
        )


@routes.get("/calls/{call_id}/imports", tags=["imports"], responses=documented(NotFound))
async def list_imports(asked: AskedBy, call_id: UUID, place: Paged) -> Listed[RosterImportShown]:
    """The imports of a call, in the order they came; a focal point sees its party's."""
    return await asked.read(partial(queries.list_imports, call_id=call_id, place=place))


@routes.get("/imports/{import_id}", tags=["imports"], responses=documented(NotFound))
async def show_import(asked: AskedBy, import_id: UUID, response: Response) -> RosterImportShown:
    """How far an import is, and what it would do or did, in numbers."""
    shown = await asked.read(partial(queries.show_import, import_id=import_id))
    response.headers["ETag"] = f'"{shown.version}"'
    return shown


@routes.get("/imports/{import_id}/problems", tags=["imports"], responses=documented(NotFound))
async def list_problems(
    asked: AskedBy, import_id: UUID, place: Paged
) -> Listed[ImportProblemShown]:
    """Every bad row, with row, column and reason in the reader's language (Accept-Language, or
    `lang`)."""
    say = problems_in_words(asked.request)
    return await asked.read(
        partial(queries.list_problems, import_id=import_id, place=place, say=say)
    )


@routes.get("/imports/{import_id}/rows", tags=["imports"], responses=documented(NotFound))
async def list_rows(asked: AskedBy, import_id: UUID, place: Paged) -> Listed[RosterRowShown]:
    """What an import would do with each row, or did."""
    return await asked.read(partial(queries.list_rows, import_id=import_id, place=place))


@routes.post(
    "/imports/{import_id}/confirmation",
    tags=["imports"],
    response_model=RosterImportShown,
    responses=documented(
        NotFound,
        ImportHasMoved,
        ImportIsForgotten,
        CallHasEnded,
        CallIsClosed,
        ImportHasBadRows,
        ImportHasNoGoodRows,
    ),
)
async def confirm_import(
    asked: AskedBy,
    import_id: UUID,
    confirmed: Annotated[ConfirmRosterImport, Depends(JsonBody(ConfirmRosterImport))],
) -> Response:
    """Have a worker nominate whom the file names: all rows or none, or the good ones only.

    Rows are written some at a time. What the call, a quota or another nomination forbids when it is
    a row's turn is told among the problems, and the import then has a `refusal`.
    """
    return await asked.perform(
        partial(imports.confirm_import, import_id=import_id, asked=confirmed),
        audited=Audited("confirm-import", f"import/{import_id}"),
        show=partial(queries.show_import, import_id=import_id),
    )


@routes.post(
    "/imports/{import_id}/undoing",
    tags=["imports"],
    response_model=RosterImportShown,
    responses=documented(NotFound, ImportHasMoved, ImportIsForgotten, ImportWasBuiltOn),
)
async def undo_import(asked: AskedBy, import_id: UUID) -> Response:
    """Have an import undone as a whole, also a half-written one, while nothing was built on it.

    Its nominations are withdrawn, details are as they were, and persons whom only this import is
    about are erased.
    """
    return await asked.perform(
        partial(imports.request_undoing, import_id=import_id),
        audited=Audited("undo-import", f"import/{import_id}"),
        show=partial(queries.show_import, import_id=import_id),
    )


@routes.delete(
    "/imports/{import_id}",
    tags=["imports"],
    response_model=RosterImportShown,
    responses=documented(NotFound, ImportHasMoved, VersionHasMoved, VersionIsMissing),
)
async def discard_import(asked: AskedBy, import_id: UUID) -> Response:
    """Give up an import that was not carried out; what the file said is deleted at once."""
    version = asked.expected_version
    return await asked.perform(
        partial(imports.discard_import, import_id=import_id, version=version),
        audited=Audited("discard-import", f"import/{import_id}"),
        show=partial(queries.show_import, import_id=import_id),
    )
