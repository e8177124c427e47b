"""The pages of reporting, beside their templates."""

from . import reports

ROUTES = (reports.routes,)
