"""The pages of scheduling: behind links, for the public, and for who is signed in."""

from . import activities, attendance, certificates, joining

ROUTES = (joining.routes, certificates.routes, activities.routes, attendance.routes)
