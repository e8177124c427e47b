"""What every answer must be, whatever was asked."""

from typing import Any

import httpx

from .documents import Operation
from .samples import CANARY

DUE = ("type", "title", "status", "code", "correlation_id")


def fault_in(answer: httpx.Response, operation: Operation, canary: str = CANARY) -> str | None:
    """What is wrong with an answer, or None: a problem must be one, of a documented kind, and
    must not say what was sent."""
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"{answer.status_code}"
    if canary in str(answer.headers):
        return "the value sent stands in the headers"
    if answer.is_success or answer.is_redirect:
        return None
    if canary in answer.text or canary.encode("unicode-escape").decode() in answer.text:
        return "the value sent stands in the answer"
    if answer.headers.get("content-type") != "application/problem+json":
        return f"content type {answer.headers.get('content-type')}"
    return _fault_in_problem(answer, answer.json(), operation)


def _fault_in_problem(answer: httpx.Response, problem: Any, operation: Operation) -> str | None:
    missing = [name for name in DUE if not problem.get(name)]
    if missing:
        return f"a problem without {missing}"
    if problem["status"] != answer.status_code:
        return f"status {problem['status']} in an answer of {answer.status_code}"
    if problem["correlation_id"] != answer.headers.get("x-correlation-id"):
        return "another correlation id in the header"
    if problem["code"] not in operation.codes:
        return f"{problem['code']} is not documented"
    return None
