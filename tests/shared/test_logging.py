"""Logs say what went wrong and where, with the correlation id, and never a personal value."""

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BEGIN = """
    import asyncio, logging, sys
    import structlog
    from shared.logging import configure_logs

    configure_logs(as_json=AS_JSON)
    log = structlog.get_logger()

    def fail():
        raise ValueError("Amal Haddad +962790000000")
"""


def written(script: str, *, as_json: bool = True) -> str:
    """What a process of its own writes to its error stream."""
    begin = dedent(BEGIN).replace("AS_JSON", str(as_json))
    ran = subprocess.run(
        [sys.executable, "-c", begin + dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout == ""
    return ran.stderr


def lines(script: str) -> list[dict[str, Any]]:
    """The lines of a log, each one a JSON object."""
    return [json.loads(line) for line in written(script).splitlines()]


def test_line_is_an_event_with_its_time_level_and_names() -> None:
    (line,) = lines("""
        with structlog.contextvars.bound_contextvars(correlation_id="c-1"):
            log.info("refused", refusal="call-is-closed", party="JO")
        log.debug("not shown")
    """)

    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "refused",
        "level": "info",
        "refusal": "call-is-closed",
        "party": "JO",
        "correlation_id": "c-1",
    }


@pytest.mark.parametrize(
    "how",
    [
        'log.error("failed", exc_info=error)',
        'log.error("failed", exc_info=True)',
        'log.error("failed", exc_info=sys.exc_info())',
        'log.exception("failed")',
    ],
)
def test_error_is_told_by_its_kind_and_places(how: str) -> None:
    (line,) = lines(f"""
        try:
            fail()
        except ValueError as error:
            {how}
    """)

    assert (line["event"], line["error"]) == ("failed", "ValueError")
    assert [place.rpartition(" ")[2] for place in line["at"]] == ["<module>", "fail"]
    assert "Amal" not in str(line)


def test_error_shown_to_a_developer_holds_no_values_either() -> None:
    text = written(
        """
        try:
            fail()
        except ValueError as error:
            log.error("failed", exc_info=error)
        """,
        as_json=False,
    )

    assert "ValueError" in text
    assert "Amal" not in text


def test_error_that_a_library_logs_is_told_by_its_kind_and_places() -> None:
    script = """
        logging.getLogger("uvicorn.error").info("not shown")
        try:
            fail()
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    """

    (line,) = lines(script)
    text = written(script, as_json=False)

    assert (line["logger"], line["said"]) == ("uvicorn.error", "Exception in ASGI application")
    assert (line["event"], line["level"], line["error"]) == ("library_says", "error", "ValueError")
    assert [place.rpartition(" ")[2] for place in line["at"]] == ["<module>", "fail"]
    assert text.startswith("uvicorn.error: Exception in ASGI application\nValueError at ")
    assert "Amal" not in f"{line} {text}"


def test_values_that_a_database_refused_are_in_no_line(tmp_path: Path) -> None:
    log = written(f"""
        from tests.servers.prepared import make_tables
        from tests.shared.web.diary import TABLES, open_diary

        async def main():
            url = "sqlite+aiosqlite:///{tmp_path}/diary.sqlite"
            await make_tables(url, *TABLES)
            async with open_diary(url) as diary:
                await diary.ask("POST", "/twice")
                await diary.ask("POST", "/failing")
                await diary.ask("GET", "/entries?after=Amal")

        asyncio.run(main())
    """)

    found = [json.loads(line) for line in log.splitlines()]
    assert [one["event"] for one in found] == ["request_failed", "request_failed", "refused"]
    assert [one.get("error") for one in found] == ["IntegrityError", "RuntimeError", None]
    assert any("diary_api.py" in place for place in found[0]["at"])
    assert all(len(one["correlation_id"]) == 36 for one in found)
    assert "Amal" not in log
    assert "962" not in json.dumps([one["at"] for one in found[:2]])
