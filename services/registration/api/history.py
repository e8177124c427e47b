"""Past participations: what officers took part in, and the files they are imported from."""

import asyncio
import hashlib
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from shared.context import Audited
from shared.contracts.event import PartyCode
from shared.ids import new_id
from shared.refusals import Fault, NotAllowed, NotFound
from shared.web.api import router
from shared.web.asked import Asked, AskedBy
from shared.web.body import JsonBody, read_body
from shared.web.lists import Listed, Paged
from shared.web.problems import documented
from shared.web.versions import VersionHasMoved, VersionIsMissing

from ..bodies.history import (
    ConfirmHistory,
    CorrectParticipation,
    DecideRows,
    DescribeLayout,
    WithdrawParticipation,
)
from ..commands import (
    history_decisions,
    history_imports,
    history_settled,
    participations,
)
from ..past.grounds import matched
from ..past.sheet import Sheet, sheet_of
from ..queries import history as queries
from ..queries import history_imports as shown
from ..queries.history import ParticipationShown
from ..queries.history_imports import HistoryImportInFull, HistoryImportShown, HistoryRowShown
from ..refusals.history import (
    DecisionIsNotPossible,
    HistoryIsNotReadable,
    HistoryIsTooLarge,
    ImportIsSettled,
    LayoutIsNotPossible,
    LayoutIsUndecided,
    OfficersAreUndecided,
    ParticipationIsNotOurs,
    ParticipationSaysNothing,
    ParticipationWasWithdrawn,
    PartyIsMissing,
    RowsAreFaulty,
)
from .nominations import FILE

routes = router()
MOST_BYTES = 5_000_000
VERSIONED = (VersionIsMissing, VersionHasMoved)
STATES = "^(matched|suggested|unknown|known|absent|faulty)$"


@routes.get("/persons/{person_id}/participations", tags=["history"], responses=documented(NotFound))
async def list_participations(
    asked: AskedBy, person_id: UUID, place: Paged
) -> Listed[ParticipationShown]:
    """What an officer took part in, here and as imported, with where that is known from."""
    return await asked.read(partial(queries.list_participations, person_id=person_id, place=place))


@routes.get("/participations/{participation_id}", tags=["history"], responses=documented(NotFound))
async def show_participation(
    asked: AskedBy, participation_id: UUID, response: Response
) -> ParticipationShown:
    """One participation."""
    found = await asked.read(partial(queries.show_participation, participation_id=participation_id))
    response.headers["ETag"] = f'"{found.version}"'
    return found


@routes.put(
    "/participations/{participation_id}",
    tags=["history"],
    response_model=ParticipationShown,
    responses=documented(
        NotFound,
        NotAllowed,
        ParticipationIsNotOurs,
        ParticipationWasWithdrawn,
        ParticipationSaysNothing,
        *VERSIONED,
    ),
)
async def correct_participation(
    asked: AskedBy,
    participation_id: UUID,
    corrected: Annotated[CorrectParticipation, Depends(JsonBody(CorrectParticipation))],
) -> Response:
    """Put right what an imported participation says, with the reason."""
    version = asked.expected_version
    return await asked.perform(
        partial(
            participations.correct_participation,
            participation_id=participation_id,
            asked=corrected,
            version=version,
        ),
        audited=Audited("correct-participation", f"participation/{participation_id}"),
        show=partial(queries.show_participation, participation_id=participation_id),
    )


@routes.post(
    "/participations/{participation_id}/withdrawal",
    tags=["history"],
    response_model=ParticipationShown,
    responses=documented(NotFound, NotAllowed, ParticipationIsNotOurs, ParticipationWasWithdrawn),
)
async def withdraw_participation(
    asked: AskedBy,
    participation_id: UUID,
    withdrawn: Annotated[WithdrawParticipation, Depends(JsonBody(WithdrawParticipation))],
) -> Response:
    """Have an imported participation count no more, with the reason."""
    return await asked.perform(
        partial(
            participations.withdraw_participation,
            participation_id=participation_id,
            reason=withdrawn.reason,
        ),
        audited=Audited("withdraw-participation", f"participation/{participation_id}"),
        show=partial(queries.show_participation, participation_id=participation_id),
    )


@routes.post(
    "/history/imports",
    status_code=201,
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(
        NotAllowed, NotFound, PartyIsMissing, HistoryIsNotReadable, HistoryIsTooLarge
    ),
    openapi_extra=FILE,
)
async def read_history(
    asked: AskedBy,
    party: Annotated[PartyCode | None, Query()] = None,
    file_name: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Read a CSV or XLSX file of any layout (at most 20,000 rows), guess its columns and match its
    rows: a preview. Nothing is imported; the same file again is the same import."""
    length = asked.request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MOST_BYTES:
        raise HistoryIsTooLarge
    content = await read_body(asked.request)
    if len(content) > MOST_BYTES:
        raise HistoryIsTooLarge
    digest = hashlib.sha256(content).hexdigest()
    known = await asked.read(partial(history_imports.same_file, party=party, digest=digest))
    sheet = await asyncio.to_thread(sheet_of, content)
    if not isinstance(sheet, Sheet):
        raise HistoryIsNotReadable(faults=[Fault("file", sheet.code, sheet.message)])
    import_id = known or new_id()
    file = await _read_file(asked, party, file_name, digest, sheet)
    return await asked.perform(
        partial(history_imports.keep_file, import_id=import_id, party=party, file=file),
        audited=Audited("read-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
        status=201,
    )


async def _read_file(
    asked: Asked, party: str | None, file_name: str, digest: str, sheet: Sheet
) -> history_imports.ReadFile:
    grounds, kept = await asked.read(
        partial(history_imports.grounds_of_file, party=party, headings=sheet.headings)
    )
    layout = await asyncio.to_thread(history_imports.layout_of, sheet, grounds, kept)
    rows = await asyncio.to_thread(matched, layout, sheet.rows, grounds)
    return history_imports.ReadFile(
        grounds.scope, file_name, digest, sheet, layout, kept is not None, rows
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


@routes.get("/history/imports/{import_id}/rows", tags=["history"], responses=documented(NotFound))
async def list_rows(
    asked: AskedBy,
    import_id: UUID,
    place: Paged,
    state: Annotated[str | None, Query(pattern=STATES)] = None,
) -> Listed[HistoryRowShown]:
    """The rows as they were understood, whose they are or may be, and what is wrong with them."""
    return await asked.read(partial(shown.list_rows, import_id=import_id, state=state, place=place))


@routes.put(
    "/history/imports/{import_id}/mapping",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(NotFound, NotAllowed, ImportIsSettled, LayoutIsNotPossible, *VERSIONED),
)
async def describe_layout(
    asked: AskedBy,
    import_id: UUID,
    described: Annotated[DescribeLayout, Depends(JsonBody(DescribeLayout))],
) -> Response:
    """Say how the columns are read: the rows are read anew, and the next file with the same
    headings is read so. Decisions about rows are asked again."""
    version = asked.expected_version
    kept, records, grounds = await asked.read(
        partial(history_imports.kept_file, import_id=import_id)
    )
    layout = history_imports.layout_asked(described, len(kept["headings"]), kept["scope"])
    rows = await asyncio.to_thread(matched, layout, records, grounds)
    return await asked.perform(
        partial(
            history_imports.describe_layout,
            import_id=import_id,
            version=version,
            layout=layout,
            records=records,
            rows=rows,
        ),
        audited=Audited("map-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )


@routes.post(
    "/history/imports/{import_id}/decisions",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(NotFound, NotAllowed, ImportIsSettled, DecisionIsNotPossible),
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
        ImportIsSettled,
        LayoutIsUndecided,
        RowsAreFaulty,
        OfficersAreUndecided,
    ),
)
async def confirm_import(
    asked: AskedBy,
    import_id: UUID,
    confirmed: Annotated[ConfirmHistory, Depends(JsonBody(ConfirmHistory))],
) -> Response:
    """Import what was previewed, all of it or nothing; what is known already is not doubled."""
    return await asked.perform(
        partial(history_settled.confirm_import, import_id=import_id, asked=confirmed),
        audited=Audited("import-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )


@routes.post(
    "/history/imports/{import_id}/withdrawal",
    tags=["history"],
    response_model=HistoryImportShown,
    responses=documented(NotFound, NotAllowed, ImportIsSettled),
)
async def withdraw_import(asked: AskedBy, import_id: UUID) -> Response:
    """Take an import back as a whole, or drop a file that is not imported yet."""
    return await asked.perform(
        partial(history_settled.withdraw_import, import_id=import_id),
        audited=Audited("withdraw-history", f"history-import/{import_id}"),
        show=partial(shown.show_import, import_id=import_id),
    )
