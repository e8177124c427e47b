"""The one origin of embedded mode: every service at its path, and what stands beside them."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from services.notifications.mailbox import Guarded, Mailbox
from shared.front import FOLDER, Personas, add_front_door
from shared.observing.observer import Observer
from shared.observing.readiness import Readiness
from shared.observing.requests import UNTRACED
from shared.service import Service
from shared.web.attending import attend
from shared.web.pages import Pages
from shared.web.problems import Answers
from shared.web.tokens import Issuers

from .installation import Installation


def make_origin(
    installation: Installation,
    origin: str,
    services: Mapping[str, Service],
    mailbox: Mailbox,
    issuers: Issuers,
    observer: Observer,
    *,
    is_public: bool,
) -> FastAPI:
    """The application that serves a whole installation. `is_public` says that anyone who reaches
    it may read the mailbox and use persona links: a story installation on loopback."""
    pages = Pages(FOLDER)
    answers = Answers(pages.show_problem)
    app = FastAPI(telemetry=UNTRACED, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.issuers = issuers
    app.state.specimen = installation.is_story
    attend(app, answers, observer, origin=origin)
    _add_health(app)
    add_front_door(app, *services, "mailbox")
    if is_public:
        app.include_router(Personas(installation.issuer(), origin).routes())
    received = mailbox.api()
    received.state.specimen = installation.is_story
    app.mount("/mailbox", Guarded(received, app, answers, is_public=is_public))
    for name, service in services.items():
        for path, routes in service.beside.items():
            app.include_router(routes, prefix=path)
        app.mount(f"/{name}", service.api)
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready")
    async def ready(request: Request) -> JSONResponse:
        readiness: Readiness = request.app.state.house.readiness
        return await readiness.answer()
