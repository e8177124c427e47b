"""A process in which somebody else has set up a tracer for everything: `python -m … FOLDER`.

Prints the number of spans that it was given while a service answered.
"""

import asyncio
import sys
from pathlib import Path

import httpx
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.embedded.house import build_house
from services.embedded.installation import make_installation

ORIGIN = "http://127.0.0.1:8000"


async def answer(folder: Path) -> int:
    """Ask the front, a service and the mailbox."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    house = await build_house(make_installation(folder, None), ORIGIN, port=None)
    await house.open()
    inside = httpx.ASGITransport(house.app)
    async with httpx.AsyncClient(transport=inside, base_url=ORIGIN) as client:
        for path in ("/", "/registration/persons/amal?name=haddad", "/mailbox/messages", "/feed"):
            await client.get(path)
    await house.stop()
    return len(exporter.get_finished_spans())


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(answer(Path(sys.argv[1])))}\n")
