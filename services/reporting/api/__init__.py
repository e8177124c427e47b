"""The HTTP of reporting: figures as JSON and as files, the archive."""

from . import archive, files, participation

ROUTES = (archive.routes, participation.routes, files.routes)
