"""The pages of registration: forms here carry out the same commands as the API."""

from fastapi import APIRouter

from . import (
    boards,
    calls,
    follow_ups,
    held_seats,
    matters,
    offers,
    seats,
)

routes = APIRouter()
for part in (boards, calls, follow_ups, held_seats, matters, seats, offers):
    routes.include_router(part.routes)
