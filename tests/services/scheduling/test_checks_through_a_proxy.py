"""Certificates are checked through proxies: each visitor has a limit, and none says who it is."""

from collections.abc import Sequence
from typing import cast

import httpx
import pytest
from starlette.types import ASGIApp

from shared.process.environment import Environment, SettingIsWrong
from shared.web.serving import server_config
from tests.services.scheduling.building import ORIGIN, Scheduling

ASKED = {"number": "2222-2222-2222-2222", "family_name": "Haddad"}
PROXIES = {"CADRE_PROXIES": "10.0.0.0/8, 2001:db8::7"}
VISITORS = ("203.0.113.1", "203.0.113.2")


async def test_visitors_behind_one_proxy_have_limits_of_their_own(scheduling: Scheduling) -> None:
    served = _served(scheduling, Environment(PROXIES).proxies)

    first = [await _checks(served, by="10.4.5.6", as_of=VISITORS[0]) for _ in range(11)]
    second = [await _checks(served, by="2001:db8::7", as_of=VISITORS[1]) for _ in range(11)]

    assert first == second == [200] * 10 + [429]


async def test_what_a_visitor_claims_before_the_proxy_is_not_believed(
    scheduling: Scheduling,
) -> None:
    served = _served(scheduling, Environment(PROXIES).proxies)

    claims = [f"198.51.100.{number}, {VISITORS[0]}" for number in range(11)]
    answers = [await _checks(served, by="10.4.5.6", as_of=claim) for claim in claims]

    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize("values", [{}, PROXIES], ids=["none-named", "others-named"])
async def test_who_is_no_proxy_is_not_believed(
    scheduling: Scheduling, values: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    served = _served(scheduling, Environment(values).proxies)

    claims = [f"198.51.100.{number}" for number in range(11)]
    answers = [await _checks(served, by="192.0.2.1", as_of=claim) for claim in claims]

    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize("wrong", ["proxy.example.org", "10.0.0.1/8", "*", "10.0.0.0/8;::1"])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(SettingIsWrong, match=r"CADRE_PROXIES: .* is no address"):
        _ = Environment({"CADRE_PROXIES": wrong}).proxies


def _served(scheduling: Scheduling, proxies: Sequence[str]) -> ASGIApp:
    """The service as a process serves it."""
    config = server_config(scheduling.service.api, "127.0.0.1", 0, proxies)
    config.load()
    return cast(ASGIApp, config.loaded_app)


async def _checks(served: ASGIApp, *, by: str, as_of: str) -> int:
    """The answer to one check, by the peer that sends it."""
    transport = httpx.ASGITransport(served, client=(by, 50_000))
    headers = {"X-Forwarded-For": as_of}
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        return (await client.post("/certificates/check", json=ASKED)).status_code
