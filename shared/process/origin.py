"""What one process of a service serves of the installation's one origin."""

from fastapi import FastAPI

from shared.front import FOLDER, Personas, add_front_door
from shared.observing.requests import UNTRACED
from shared.service import Service
from shared.settings import Settings
from shared.web.addressed import is_on_loopback
from shared.web.attending import attend
from shared.web.problems import Answers
from shared.web.tokens import Issuer


def served(
    service: Service, settings: Settings, *, front: bool = False, issuer: Issuer | None = None
) -> FastAPI:
    """`/<service>/…` and what else is the service's own. One service of an installation also has
    its front, and in a story on loopback, with a local issuer, persona links."""
    app = FastAPI(telemetry=UNTRACED, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.issuers, app.state.specimen = settings.issuers, settings.story
    pages = service.api.state.pages.also(FOLDER)
    attend(app, Answers(pages.show_problem), service.context.observer, origin=settings.origin)
    for path, routes in service.beside.items():
        app.include_router(routes, prefix=path)
    app.mount(f"/{service.name}", service.api)
    if front:
        add_front_door(app)
        if issuer and settings.story and is_on_loopback(settings.origin):
            app.include_router(Personas(issuer, settings.origin).routes())
    return app
