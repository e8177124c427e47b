"""The pages of registration: forms here carry out the same commands as the API."""

from fastapi import APIRouter

from shared.web.api import take_in

from . import (
    boards,
    calls,
    follow_ups,
    held_seats,
    matters,
    offers,
    seats,
    visa_letters,
)

routes = APIRouter()
for part in (boards, calls, follow_ups, held_seats, matters, seats, offers, visa_letters):
    take_in(routes, part.routes)
