"""`python -m tests.journeys.apart.one_origin PORT PATH=URL…`: the proxy before all services."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length"}
)
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def one_origin(places: Mapping[str, str]) -> Starlette:
    """Hands each request to the place of its first path segment; "" takes all others."""
    client = httpx.AsyncClient(timeout=60, follow_redirects=False, trust_env=False)

    async def hand_on(request: Request) -> Response:
        first = request.url.path.split("/")[1]
        place = places.get(first, places[""])
        content = await request.body()
        address = f"{place}{request.url.path}"
        if request.url.query:
            address += f"?{request.url.query}"
        asked = client.build_request(
            request.method,
            address,
            headers=[(k, v) for k, v in request.headers.raw if k.decode() not in HOP_BY_HOP],
            content=content,
        )
        try:
            answer = await client.send(asked, stream=True)
        except httpx.TransportError:
            return JSONResponse({"title": "The service does not answer"}, 502)
        passed = StreamingResponse(_bytes_of(answer), answer.status_code)
        passed.raw_headers = [
            (k, v) for k, v in answer.headers.raw if k.decode().lower() not in HOP_BY_HOP
        ]
        return passed

    return Starlette(routes=[Route("/{path:path}", hand_on, methods=EVERY_METHOD)])


async def _bytes_of(answer: httpx.Response) -> AsyncIterator[bytes]:
    async for part in answer.aiter_raw():
        yield part
    await answer.aclose()


def main(port: str, *places: str) -> None:
    """Serve until told to stop."""
    app = one_origin(dict(place.split("=", 1) for place in places))
    config = uvicorn.Config(app, port=int(port), log_level="warning", lifespan="off")
    asyncio.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main(*sys.argv[1:])
