"""The one origin of embedded mode: every service at its path, and what stands beside them."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from services.notifications.mailbox import Mailbox
from services.reporting.catalogue import make_catalogue
from shared.refusals import NotAllowed, Refused
from shared.service import Service
from shared.web.api import STATIC, attend
from shared.web.pages import Pages
from shared.web.principal import SESSION_COOKIE, signed_in
from shared.web.problems import Answers
from shared.web.tokens import Issuers

from .installation import Installation
from .personas import Personas

HERE = Path(__file__).parent


def make_origin(
    installation: Installation,
    origin: str,
    services: Mapping[str, Service],
    mailbox: Mailbox,
    issuers: Issuers,
    *,
    is_public: bool,
) -> FastAPI:
    """The application that serves a whole installation. `is_public` says that anyone who reaches
    it may read the mailbox and use persona links: a story installation on loopback."""
    pages = Pages(HERE)
    answers = Answers(pages.show_problem)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.issuers = issuers
    app.state.specimen = installation.is_story
    attend(app, answers, origin=origin)
    _add_health(app)
    _add_front_door(app, pages)
    if is_public:
        app.include_router(Personas(installation.issuer(), origin).routes())
    listeners = {name: service.reactions.types for name, service in services.items()}
    app.include_router(make_catalogue(pages, listeners), prefix="/events")
    received = mailbox.api()
    received.state.specimen = installation.is_story
    app.mount("/mailbox", Guarded(received, app, answers, is_public=is_public))
    app.mount("/static", StaticFiles(directory=STATIC))
    for name, service in services.items():
        app.mount(f"/{name}", service.api)
    for name in (*services, "mailbox"):
        _add_slash(app, name)
    return app


class Guarded:
    """Lets only an admin read the mailbox, unless it is public; its gateway has its own key."""

    def __init__(
        self, inner: ASGIApp, outer: FastAPI, answers: Answers, *, is_public: bool
    ) -> None:
        self._inner, self._outer, self._answers = inner, outer, answers
        self._is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if self._is_public or path.startswith("/gateway/"):
            await self._inner(scope, receive, send)
            return
        request = Request({**scope, "app": self._outer})
        try:
            if (await signed_in(request)).role != "admin":
                raise NotAllowed
        except Refused as refusal:
            await self._answers.refuse(request, refusal)(scope, receive, send)
            return
        await self._inner(scope, receive, send)


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready")
    async def ready(request: Request) -> JSONResponse:
        house = request.app.state.house
        if house.is_running():
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "starting or stopping"}, 503)


def _add_slash(app: FastAPI, name: str) -> None:
    @app.get(f"/{name}")
    async def go_in(request: Request) -> Response:
        return RedirectResponse(f"/{name}/?{request.url.query}".rstrip("?"))


def _add_front_door(app: FastAPI, pages: Pages) -> None:
    @app.get("/")
    async def home(request: Request) -> HTMLResponse:
        return pages.show(request, "home.html")

    @app.post("/sign-out")
    async def sign_out() -> Response:
        left = RedirectResponse("/", 303)
        left.delete_cookie(SESSION_COOKIE)
        return left
