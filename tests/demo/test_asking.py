"""A caller of the play repeats what may be repeated, and names what failed."""

from collections.abc import Callable

import httpx
import pytest

from deploy.demo.client import AskingFailed, Caller

Answer = Callable[[httpx.Request], httpx.Response]


def a_caller(answer: Answer) -> Caller:
    transport = httpx.MockTransport(answer)
    return Caller(
        httpx.Client(transport=transport, base_url="http://course.example"), "coordinator"
    )


@pytest.mark.parametrize(
    "not_yet",
    [
        httpx.Response(409, headers={"Retry-After": "0"}, json={"code": "not-known-yet"}),
        httpx.Response(503, headers={"Retry-After": "0"}, json={"code": "service-is-busy"}),
    ],
)
def test_what_is_not_known_yet_is_asked_again_under_the_same_key(not_yet: httpx.Response) -> None:
    keys = []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        return not_yet if len(keys) < 3 else httpx.Response(201, json={"id": "call-1"})

    made = a_caller(answer).post("/registration/calls", {"seats": 25})

    assert made == {"id": "call-1"}
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_a_refusal_names_request_caller_and_faults() -> None:
    problem = {
        "code": "quotas-cannot-be-met",
        "title": "No selection keeps every quota",
        "errors": [{"path": "sex.female", "code": "minimum", "message": "at least 8"}],
    }

    with pytest.raises(AskingFailed) as failure:
        a_caller(lambda _: httpx.Response(409, json=problem)).post(
            "/registration/calls/1/selection"
        )

    assert str(failure.value) == (
        "POST /registration/calls/1/selection (coordinator): 409 quotas-cannot-be-met; "
        "No selection keeps every quota; sex.female: at least 8"
    )


def test_a_list_is_read_to_its_end() -> None:
    pages = {
        None: {"items": [1, 2], "next": "b"},
        "b": {"items": [3], "next": None},
    }

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=pages[request.url.params.get("after")])

    items = list(a_caller(answer).listed("/reporting/archive"))

    assert items == [1, 2, 3]


def test_no_answer_at_all_names_the_request() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(AskingFailed, match=r"GET /health/ready \(coordinator\): no answer"):
        a_caller(answer).get("/health/ready")
