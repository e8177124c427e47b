"""Who asks, where other systems ask: by the key they were given, as a bearer."""

from fastapi import Request

from shared.database import Database
from shared.outsiders import KeyIsNotValid, Outsider, by_key


async def system_asking(request: Request, database: Database) -> Outsider:
    """The system whose key was sent, as it stands now. Raises `KeyIsNotValid`."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise KeyIsNotValid
    async with database.reading() as connection:
        return await by_key(connection, key.strip())
