"""One fact is one trace: from the request through outbox, transport and handlers to the mail."""

import asyncio
import json
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from shared.observing.traces import NO_TRACES, begin_traces
from tests.services.embedded.served import ROOT
from tests.shared.observing.invitation import PERSONAL, Invitation, play
from tests.shared.observing.keeping import trace_of


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory) -> Invitation:
    """A focal point was invited."""
    return await play(tmp_path_factory.mktemp("observed"))


async def test_one_trace_leads_from_the_command_to_the_mail(played: Invitation) -> None:
    [sent] = played.kept.named("send email")
    [published] = played.kept.named("publish registration.focal_point.invited.v1")

    assert played.kept.path_to(sent) == [
        "front: POST /registration/calls",
        "registration: commit",
        "notifications: take registration.focal_point.invited.v1",
        "notifications: commit",
        "notifications: job deliver",
        "notifications: send email",
    ]
    assert played.kept.path_to(published) == [
        "front: POST /registration/calls",
        "registration: commit",
        "registration: publish registration.focal_point.invited.v1",
    ]
    assert played.mails == 1


async def test_what_came_of_the_mail_is_told_in_the_same_trace(played: Invitation) -> None:
    [sent] = played.kept.named("send email")

    archived = played.kept.named("take notifications.message.settled.v1")

    assert trace_of(sent) in {trace_of(span) for span in archived}


async def test_nothing_personal_is_traced_or_counted(played: Invitation) -> None:
    traced = str([json.loads(span.to_json()) for span in played.kept.spans])

    assert len(played.kept.spans) > 50
    assert "cadre_http_request_seconds" in played.metrics
    for text in PERSONAL.values():
        assert text not in traced
        assert text not in played.metrics
    assert not any(span.events for span in played.kept.spans)
    assert {span.status.description for span in played.kept.spans} == {None}


def test_without_an_endpoint_there_are_no_traces() -> None:
    assert begin_traces(None, "registration") is NO_TRACES
    assert NO_TRACES.traceparent() is None


async def test_what_nobody_asked_for_is_not_loaded() -> None:
    load = "import sys, services.embedded.serving, services.registration.__main__"
    unneeded = "{'opentelemetry.sdk', 'opentelemetry.exporter', 'prometheus_client'}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{load}; sys.exit(bool({unneeded} & set(sys.modules)))"), cwd=ROOT
    )

    assert await process.wait() == 0


async def test_framework_notes_no_addresses_where_somebody_else_has_set_up_a_tracer(
    tmp_path: Path,
) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.shared.observing.foreign_tracer", str(tmp_path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    printed, _ = await process.communicate()

    assert printed.splitlines()[-1] == b"0"
