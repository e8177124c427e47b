"""The HTTP of scheduling: thin endpoints over commands and queries."""

from . import activities, calendars, certificates, projects, sessions

ROUTES = (
    projects.routes,
    activities.routes,
    sessions.routes,
    calendars.routes,
    certificates.routes,
)
