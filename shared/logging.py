"""Structured logs: static event names, identifiers as keywords, the correlation id bound once."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO, cast

import structlog


def configure_logs(*, level: str = "INFO", as_json: bool = True) -> None:
    """Set up logging for a process, once, in its `__main__`.

    The broker's libraries tell of every try to come back; the transport tells what matters of it.
    """
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer()
    )
    stream = cast(TextIO, ErrorStream())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_values,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
    )
    of_libraries = logging.StreamHandler(stream)
    of_libraries.setFormatter(WithoutValues(as_json=as_json))
    logging.basicConfig(level=logging.WARNING, handlers=[of_libraries], force=True)
    for of_broker in ("aio_pika", "aiormq"):
        logging.getLogger(of_broker).setLevel(logging.CRITICAL)


class ErrorStream:
    """The error stream of the process as it is when a line is written: it may be redirected."""

    def write(self, text: str) -> int:
        """Write a text."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """Have it seen."""
        sys.stderr.flush()


class WithoutValues(logging.Formatter):
    """What libraries log, with the kinds and places of errors but not their words."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__("%(name)s: %(message)s")
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """One line, as ours are."""
        if not self._as_json:
            return super().format(record)
        told: dict[str, Any] = {
            "event": "library_says",
            "logger": record.name,
            "said": record.getMessage(),
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and (error := record.exc_info[1]):
            told |= {"error": type(error).__name__, "at": _places(error)}
        return json.dumps(told, ensure_ascii=False)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        """One line: the kind of the error, and the places it passed."""
        error = ei[1]
        return f"{type(error).__name__} at {', '.join(_places(error))}" if error else ""


def _without_values(
    _logger: object, _name: str, entry: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Database errors quote the values they failed on; those may be personal, so only the kind
    of the error and the places it passed are kept."""
    error = entry.pop("exc_info", None)
    if error and not isinstance(error, BaseException):
        error = error[1] if isinstance(error, tuple) else sys.exc_info()[1]
    if error:
        entry["error"] = type(error).__name__
        entry["at"] = _places(error)
    return entry


def _places(error: BaseException) -> list[str]:
    places = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            file = code.co_filename.rsplit("/", 2)
            places.append(f"{'/'.join(file[-2:])}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-6:]
