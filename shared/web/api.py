"""Makes the HTTP application of a service: problems, correlation, headers, documentation."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from shared.context import Context
from shared.observing.requests import UNTRACED
from shared.web.attending import attend
from shared.web.body import DocumentedRoute, add_bodies
from shared.web.openapi_30 import as_openapi_30
from shared.web.pages import Pages
from shared.web.problems import SCHEMA, Answers, Problem, SayFaults
from shared.web.tokens import Issuers

STATIC = Path(__file__).parent / "static"


def make_api(
    context: Context,
    issuers: Issuers,
    *,
    title: str,
    description: str,
    pages: Pages,
    say_faults: SayFaults | None = None,
) -> FastAPI:
    """An application with nothing in it yet but how it refuses and documents."""
    api = FastAPI(
        telemetry=UNTRACED,
        title=title,
        description=description,
        version="1",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    api.router.route_class = DocumentedRoute
    api.state.context = context
    api.state.issuers = issuers
    api.state.pages = pages
    answers = Answers(pages.show_problem, say_faults)
    attend(api, answers, context.observer, origin=context.links.origin)
    _document(api, context.service)
    return api


def take_in(api: FastAPI | APIRouter, *routers: APIRouter) -> None:
    """Add routes as they are; `include_router` would reckon each anew, for every application."""
    for one in routers:
        api.routes.extend(one.routes)


def router() -> APIRouter:
    """A router whose endpoints document the bodies they read."""
    return APIRouter(route_class=DocumentedRoute)


def _document(api: FastAPI, service: str) -> None:
    api.mount("/docs/assets", StaticFiles(directory=swagger_ui_path))

    @api.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url=f"/{service}/docs/openapi.json",
            title=api.title,
            swagger_js_url=f"/{service}/docs/assets/swagger-ui-bundle.js",
            swagger_css_url=f"/{service}/docs/assets/swagger-ui.css",
            swagger_favicon_url=f"/{service}/docs/assets/favicon-32x32.png",
            swagger_ui_parameters={"validatorUrl": None},
        )
        page.headers["Content-Security-Policy"] = (
            "default-src 'self'; img-src 'self' data:; "
            "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            "frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
        )
        return page

    @api.get("/docs/openapi.json", include_in_schema=False)
    async def shown() -> JSONResponse:
        return JSONResponse(as_openapi_30(api.openapi()))

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            document = get_openapi(
                title=api.title,
                version=api.version,
                description=api.description,
                routes=api.routes,
                servers=[{"url": f"/{service}"}],
            )
            add_bodies(document, api.routes)
            _secure(document)
            api.openapi_schema = document
        return api.openapi_schema

    api.openapi = openapi  # type: ignore[method-assign]


def _secure(document: dict[str, Any]) -> None:
    """Say how to sign in, and that every answer not asked for is a problem."""
    parts = document.setdefault("components", {})
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    }
    document["security"] = [{"token": []}]
    schemas = parts.setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, part in problem.pop("$defs", {}).items():
        schemas.setdefault(name, part)
    schemas.setdefault("Problem", problem)
    for stock in ("HTTPValidationError", "ValidationError"):
        schemas.pop(stock, None)
    for path in document.get("paths", {}).values():
        for operation in path.values():
            responses = operation.setdefault("responses", {})
            responses.pop("422", None) if _is_stock(responses.get("422")) else None
            responses.setdefault("default", _ANY_PROBLEM)


_ANY_PROBLEM = {
    "description": "A problem (RFC 9457); `code` names it.",
    "content": {"application/problem+json": {"schema": {"$ref": SCHEMA}}},
}


def _is_stock(response: Any) -> bool:
    return "HTTPValidationError" in str(response)
