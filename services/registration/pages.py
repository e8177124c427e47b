"""The pages of registration: forms here carry out the same commands as the API."""

from fastapi import APIRouter

from .offer_page import routes as offer_routes

routes = APIRouter()
routes.include_router(offer_routes)
