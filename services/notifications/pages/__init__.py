"""The pages of notifications, beside their templates."""

from . import overview

ROUTES = (overview.routes,)
