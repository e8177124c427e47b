"""A made-up event type, as it was published once; tests plant changes in copies of it."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.event import Event, Id, Part, Planned, Secret


class Room(Part):
    """A part of the event, to see that parts are held as well."""

    name: str
    places: int = 0


class TableLaid(Event, type="kitchen.table.laid.v1", aggregate="table_id", whole=True):
    """A table is ready."""

    table_id: Id
    rooms: tuple[Room, ...]
    seats: Annotated[int, Field(le=40)]
    style: Literal["plain", "festive"]
    at: Planned
    code: Annotated[str, Field(max_length=20)]
    link: Secret
    note: str | None = None


EXAMPLE = b"""{
  "specversion": "1.0", "id": "1", "source": "urn:cadre:test:kitchen",
  "type": "kitchen.table.laid.v1", "time": "2018-06-24T06:00:00Z",
  "datacontenttype": "application/json", "partitionkey": "0162d7ce-8a20-7da9-bd93-f1e60746aafe",
  "sequence": "00000000000000000001", "correlationid": "1", "actor": "cook",
  "data": {
    "table_id": "0162d7ce-8a20-7da9-bd93-f1e60746aafe",
    "rooms": [{"name": "north", "places": 4}], "seats": 4, "style": "festive",
    "at": {
      "local": "2018-06-24T09:00:00", "zone": "Asia/Amman", "instant": "2018-06-24T06:00:00Z"
    },
    "code": "N4", "link": "https://kitchen.example/4"
  }
}"""
