"""The pages of registration: forms here carry out the same commands as the API."""

from fastapi import APIRouter

from . import calls, offers, seats

routes = APIRouter()
for part in (calls, seats, offers):
    routes.include_router(part.routes)
