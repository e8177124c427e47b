"""The course with every service in processes of its own, on RabbitMQ and PostgreSQL."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from shared.observing.traces import ENDPOINT
from tests.journeys.apart.processes import SERVICES, services_apart
from tests.journeys.apart.watching import Told, told_by
from tests.played import Played, play_the_course, without_seconds
from tests.servers.broker import Broker
from tests.shared.observing.collector import Collector, collecting

CALL_TO_MAIL = (
    "registration: POST /registration/calls",
    "registration: commit",
    "notifications: job deliver",
    "notifications: send email",
)
"""How a focal point comes to read of a call."""
SENT, TAKEN_IN = "send email", re.compile("notifications: (take|handle|commit)")


@pytest.mark.timeout(600)
async def test_services_apart_play_the_same_course(
    played_course: Played,
    postgresql: str,
    rabbitmq: Broker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with collecting() as collector:
        monkeypatch.setenv(ENDPOINT, collector.endpoint)
        async with services_apart(postgresql, rabbitmq, tmp_path) as installation:
            token = installation.run("registration", "token", "--role", "admin")
            options = ("--origin", installation.origin, "--admin-token", token)
            account = await asyncio.to_thread(play_the_course, *options)
            told = await told_by(installation)

    assert without_seconds(account) == without_seconds(played_course.account)
    assert set(told.ready.values()) == {"ready"}
    assert_counted(told, account)
    assert CALL_TO_MAIL in paths_to_mails(collector)


def paths_to_mails(collector: Collector) -> set[tuple[str, ...]]:
    """What led to each mail, through every process; but for how its event was taken in there, which
    looks otherwise when it came together with others."""
    paths = [collector.path_to(one) for _, one in collector.spans.values() if one.name == SENT]
    return {tuple(step for step in path if not TAKEN_IN.match(step)) for path in paths}


def assert_counted(told: Told, account: Mapping[str, Any]) -> None:
    """What the processes have counted is what was played, and says nothing of anybody."""
    published = told.sum_of("cadre_events_published_total")
    deliveries = told.shown["notifications-worker-1"]
    assert told.sum_of("cadre_events_committed_total") == published == account["events"]
    assert told.sum_of("cadre_events_handled_total", of="reporting") > 0
    assert told.sum_of("cadre_outbox_events") == told.sum_of("cadre_deferred_events") == 0
    assert [told.sum_of("cadre_relay_leads", of=service) for service in SERVICES] == [1] * 4
    assert deliveries["cadre_deliveries", "email", "sent"] == account["emails"]
    assert deliveries["cadre_deliveries", "sms", "sent"] == account["sms"]
    assert told.sum_of("cadre_http_request_seconds_count", of="registration-api") > 0
    assert not any("@" in text or "haddad" in text.lower() for text in told.texts.values())
