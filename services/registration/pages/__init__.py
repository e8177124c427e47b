"""The pages of registration: forms here carry out the same commands as the API."""

from fastapi import APIRouter

from . import calls, follow_ups, held_seats, offers, seats

routes = APIRouter()
for part in (calls, follow_ups, held_seats, seats, offers):
    routes.include_router(part.routes)
