"""The mailbox as a process of its own, where services run apart: only for a story."""

import argparse
from pathlib import Path

from fastapi import FastAPI

from shared.observing.requests import UNTRACED
from shared.process.command_line import Command, Process, listen_options
from shared.process.environment import SettingIsWrong
from shared.process.roles import serve
from shared.settings import Settings
from shared.web.addressed import is_on_loopback
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers

from .gateway import GATEWAY
from .guarded import Guarded
from .mailbox import Mailbox
from .page_routes import HERE


async def serve_mailbox(process: Process, asked: argparse.Namespace) -> None:
    """Take mails and SMS, and show them, until told to stop. `CADRE_MAILBOX` names the file."""
    environment, settings = process.environment, process.settings
    if not settings.story:
        raise SettingIsWrong("CADRE_STORY is not set: only a story's installation has a mailbox")
    mailbox = Mailbox(
        Path(environment.text("CADRE_MAILBOX")), gateway_key=environment.text("CADRE_SMS_KEY")
    )
    await mailbox.start(asked.host, asked.smtp_port)
    try:
        await serve(served_by(mailbox, settings), asked.host, asked.port)
    finally:
        await mailbox.stop()


def served_by(mailbox: Mailbox, settings: Settings) -> FastAPI:
    """What stands under `/mailbox`: its pages for visitors of the installation, its gateway for
    whoever has its key, by whatever name the process is known where it runs."""
    answers = Answers(Pages(HERE).show_problem)
    app = FastAPI(telemetry=UNTRACED, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.issuers, app.state.specimen = settings.issuers, True
    attend(app, answers, origin=settings.origin, by_any_name=[f"/mailbox{GATEWAY}/"])
    received = mailbox.api()
    received.state.specimen = True
    is_public = is_on_loopback(settings.origin)

    @app.get("/mailbox/health/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    app.mount("/mailbox", Guarded(received, app, answers, is_public=is_public))
    return app


def mailbox_options(parser: argparse.ArgumentParser) -> None:
    """Where it listens."""
    listen_options(parser)
    parser.add_argument("--smtp-port", type=int, default=1025)


MAILBOX = Command("mailbox", "take what is sent, and show it", serve_mailbox, mailbox_options)
