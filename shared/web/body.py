"""JSON bodies: through the gate first, then strictly into the model that says what is taken."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.routing import BaseRoute

from shared.refusals import Refused
from shared.web.json_gate import LARGEST_BODY, BodyIsTooLarge, read_json
from shared.web.principal import signed_in
from shared.web.problems import FieldsAreNotValid, faults_of

LARGEST_FILE = 8 * 1024 * 1024
BYTES_IN_MEMORY = 512 * 1024
SECONDS_FOR_A_BODY = 30.0
SECONDS_FOR_A_FILE = 180.0


class Taken(BaseModel):
    """A body as the API takes it: strict, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ContentTypeIsNotJson(Refused):
    """Only `application/json` is taken here."""

    status = 415
    title = "Send application/json"


class BodyCameTooSlowly(Refused):
    """The body was not there in time."""

    status = 408
    title = "The body came too slowly"


class JsonBody:
    """A dependency that reads one model: `Annotated[OpenCall, Depends(JsonBody(OpenCall))]`."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model

    async def __call__(self, request: Request) -> Any:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise ContentTypeIsNotJson
        document = read_json(await read_body(request, limit=LARGEST_BODY))
        try:
            return self.model.model_validate_json(json.dumps(document))
        except ValidationError as error:
            raise FieldsAreNotValid(faults=faults_of(error.errors())) from None


async def read_body(request: Request, *, limit: int = LARGEST_FILE) -> bytes:
    """The body, noted by its digest, so that the same request can be told from another.

    Raises `BodyIsTooLarge` as soon as more than `limit` bytes have come, and `BodyCameTooSlowly`.
    """
    body = bytearray()
    async for piece in _pieces(request, limit):
        body += piece
    request.state.digest = hashlib.sha256(body).hexdigest()
    return bytes(body)


async def read_file(request: Request, *, limit: int) -> tuple[BinaryIO, str]:
    """The body in a file without a name, and its SHA-256: a large one is never held in memory.

    Raises what `read_body` raises.
    """
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=BYTES_IN_MEMORY))  # noqa: SIM115
    digest = hashlib.sha256()
    try:
        async for piece in _pieces(request, limit):
            file.write(piece)
            digest.update(piece)
    except BaseException:
        file.close()
        raise
    request.state.digest = digest.hexdigest()
    return file, digest.hexdigest()


async def _pieces(request: Request, limit: int) -> AsyncIterator[bytes]:
    read = 0
    seconds = SECONDS_FOR_A_BODY if limit <= LARGEST_BODY else SECONDS_FOR_A_FILE
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                read += len(piece)
                if read > limit:
                    raise BodyIsTooLarge(f"At most {limit} bytes are taken.")
                yield piece
    except TimeoutError:
        raise BodyCameTooSlowly(f"It has to come within {seconds:g} seconds.") from None


def note_as_sent(request: Request, *texts: str) -> None:
    """What else than its body tells a request from another, where headers carry what is said."""
    whole = "\n".join((request.state.digest, *texts))
    request.state.digest = hashlib.sha256(whole.encode()).hexdigest()


class DocumentedRoute(APIRoute):
    """Tells OpenAPI about the bodies that `JsonBody` reads, and what needs no signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not _asks_who(self.dependant):
            self.openapi_extra = {"security": [], **(self.openapi_extra or {})}
        for dependency in self.dependant.dependencies:
            if isinstance(dependency.call, JsonBody):
                reference = f"#/components/schemas/{dependency.call.model.__name__}"
                content = {"application/json": {"schema": {"$ref": reference}}}
                body = {"requestBody": {"required": True, "content": content}}
                self.openapi_extra = {**body, **(self.openapi_extra or {})}
                self.taken = dependency.call.model


def _asks_who(dependant: Dependant) -> bool:
    return any(one.call is signed_in or _asks_who(one) for one in dependant.dependencies)


def add_bodies(document: dict[str, Any], routes: Sequence[BaseRoute]) -> None:
    """Put the schemas of all bodies into an OpenAPI document."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    documented = (one.original_route for one in iter_route_contexts(routes))
    for model in {route.taken for route in documented if hasattr(route, "taken")}:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        for name, part in schema.pop("$defs", {}).items():
            schemas.setdefault(name, part)
        schemas.setdefault(model.__name__, schema)
