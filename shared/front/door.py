"""The front door of an installation: its first page, and the way out."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from shared.web.api import STATIC
from shared.web.pages import Pages
from shared.web.principal import SESSION_COOKIE

HERE = Path(__file__).parent


def add_front_door(app: FastAPI, *names: str) -> None:
    """The first page, signing out, what pages look like, and `/<name>` for each that wants a slash
    at its end."""
    pages = Pages(HERE)

    @app.get("/")
    async def home(request: Request) -> HTMLResponse:
        return pages.show(request, "home.html")

    @app.post("/sign-out")
    async def sign_out() -> Response:
        left = RedirectResponse("/", 303)
        left.delete_cookie(SESSION_COOKIE)
        return left

    app.mount("/static", StaticFiles(directory=STATIC))
    for name in names:
        _add_slash(app, name)


def _add_slash(app: FastAPI, name: str) -> None:
    @app.get(f"/{name}")
    async def go_in(request: Request) -> Response:
        return RedirectResponse(f"/{name}/?{request.url.query}".rstrip("?"))
