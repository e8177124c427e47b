"""How a refusal looks from outside: problem+json (RFC 9457), or a page for who reads pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from shared.database import is_unavailable
from shared.refusals import Fault, NotFound, Refused
from shared.web.json_gate import tame

log = structlog.get_logger()
SCHEMA = "#/components/schemas/Problem"
ShowPage = Callable[[Request, "Problem"], Response]
SayFaults = Callable[[Request, Refused], Sequence[Fault]]
"""What is wrong with what was asked, in the reader's words."""


class FaultShown(BaseModel):
    """One thing wrong with what was asked."""

    path: str
    code: str
    message: str


class Problem(BaseModel):
    """The body of every answer that is not what was asked for (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    errors: list[FaultShown] = []
    more_errors: int | None = None
    """How many more there are than `errors` lists."""
    correlation_id: str


class FieldsAreNotValid(Refused):
    """Fields are missing, unknown, or not of the form they should have; `errors` names each."""

    status = 422
    title = "Some fields are not as they should be"


class MethodIsNotOffered(Refused):
    """The address exists, but not for this method."""

    status = 405
    title = "This address does not take that method"


class ServiceIsBusy(Refused):
    """The database had no turn for this request in time; try the same again."""

    status = 503
    title = "Busy, try again"
    retry_after = 1


class SomethingWentWrong(Refused):
    """A fault of ours. It is logged under the correlation id."""

    status = 500
    title = "Something went wrong here"


def documented(*refusals: type[Refused]) -> dict[int | str, dict[str, Any]]:
    """The refusals of an endpoint, for its `responses`: by status, with names and meanings."""
    by_status: dict[int, list[type[Refused]]] = {}
    for refusal in refusals:
        by_status.setdefault(refusal.status, []).append(refusal)
    return {
        status: {
            "description": "; ".join(f"`{one.code()}`: {_first_line(one)}" for one in several),
            "content": {"application/problem+json": {"schema": {"$ref": SCHEMA}}},
        }
        for status, several in sorted(by_status.items())
    }


class Answers:
    """Turns exceptions into answers: a page for who reads pages, problem+json for the rest.

    Faults are said as the refusal has them, where a service has no words of its own for them."""

    def __init__(self, show_page: ShowPage, say_faults: SayFaults | None = None) -> None:
        self._show_page = show_page
        self._say_faults = say_faults or (lambda _, refusal: refusal.faults)

    def refuse(self, request: Request, refusal: Refused) -> Response:
        """The answer that a refusal becomes."""
        problem = describe(request, refusal, self._say_faults(request, refusal))
        headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
        if problem.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if problem.status == 408:
            headers["Connection"] = "close"
        if "text/html" in request.headers.get("accept", ""):
            page = self._show_page(request, problem)
            page.headers.update(headers)
            return page
        content = problem.model_dump(mode="json", exclude_none=True)
        return JSONResponse(content, problem.status, headers, "application/problem+json")

    def fail(self, request: Request, error: Exception) -> Response:
        """The answer to an exception that nobody foresaw: logged, never a bare 500. Who left
        before their request was whole reads none."""
        if isinstance(error, ClientDisconnect):
            log.info("caller_has_left")
            return Response(status_code=400)
        if is_unavailable(error):
            log.warning("database_is_away", exc_info=error)
            return self.refuse(request, ServiceIsBusy())
        log.error("request_failed", exc_info=error)
        return self.refuse(request, SomethingWentWrong())


def install_problems(api: FastAPI, answers: Answers) -> None:
    """Have an application answer every refusal, and every finding of FastAPI, as a problem."""

    @api.exception_handler(Refused)
    async def refused(request: Request, refusal: Refused) -> Response:
        log.info("refused", refusal=refusal.code(), status=refusal.status)
        return answers.refuse(request, refusal)

    @api.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        errors = [{**one, "loc": one["loc"][1:]} for one in error.errors()]
        return answers.refuse(request, FieldsAreNotValid(faults=faults_of(errors)))

    @api.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        kinds = {404: NotFound, 405: MethodIsNotOffered}
        answer = answers.refuse(request, kinds.get(error.status_code, FieldsAreNotValid)())
        answer.headers.update(error.headers or {})
        if answer.headers.get("allow") == "GET":
            answer.headers["allow"] = "GET, HEAD"
        return answer


def describe(request: Request, refusal: Refused, faults: Sequence[Fault]) -> Problem:
    """A refusal as the body of an answer."""
    listed = faults[: refusal.most_faults]
    return Problem(
        type=f"urn:cadre:problem:{refusal.code()}",
        title=refusal.title,
        status=refusal.status,
        code=refusal.code(),
        detail=refusal.detail or None,
        errors=[FaultShown(path=f.path, code=f.code, message=f.message) for f in listed],
        more_errors=len(faults) - len(listed) or None,
        correlation_id=getattr(request.state, "correlation_id", ""),
    )


def faults_of(errors: Sequence[Any]) -> list[Fault]:
    """Pydantic's findings as faults: place, code and words, never the value."""
    return [
        Fault(
            ".".join(tame(step) for step in error["loc"]),
            error["type"].replace("_", "-"),
            "This value is not possible here" if _quotes(error) else _words(error),
        )
        for error in errors
    ]


def _words(error: Mapping[str, Any]) -> str:
    """What is wrong; of our own words without what pydantic puts before them."""
    return str(error["msg"]).removeprefix("Value error, ")


def _quotes(error: Mapping[str, Any]) -> bool:
    """Whether pydantic's words hold the value itself, as those of some errors do."""
    if error["type"] not in ("value_error", "assertion_error", "union_tag_invalid"):
        return False
    sent = (error.get("input"), (error.get("ctx") or {}).get("tag"))
    return any(value is not None and str(value) in error["msg"] for value in sent)


def _first_line(refusal: type[Refused]) -> str:
    return (refusal.__doc__ or refusal.title).strip().splitlines()[0]
