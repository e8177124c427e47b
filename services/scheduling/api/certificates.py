"""Certificates: the public check, and revoking."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.responses import Response

from shared.context import Audited
from shared.refusals import NotFound
from shared.web.api import router
from shared.web.asked import AskedBy, AskedByLink
from shared.web.body import JsonBody
from shared.web.checks import TooManyChecks, WithinReason
from shared.web.problems import documented

from ..commands.certificates import revoke_certificate
from ..queries import certificates as queries
from ..queries.certificates import CertificateShown, CheckCertificate, Checked

routes = router()


@routes.post("/certificates/check", responses=documented(TooManyChecks))
async def check(
    asked: AskedByLink,
    _: WithinReason,
    certificate: Annotated[CheckCertificate, Depends(JsonBody(CheckCertificate))],
) -> Checked:
    """Does a certificate with this number and family name stand? (public, rate-limited)"""
    return await asked.read(partial(queries.check_certificate, asked=certificate))


@routes.post(
    "/certificates/{certificate_id}/revocation",
    response_model=CertificateShown,
    responses=documented(NotFound),
)
async def revoke(asked: AskedBy, certificate_id: UUID) -> Response:
    """Say that a certificate no longer stands (coordinator)."""
    return await asked.perform(
        partial(revoke_certificate, certificate_id=certificate_id),
        audited=Audited("revoke-certificate", f"certificate/{certificate_id}"),
        show=partial(queries.show_certificate, certificate_id=certificate_id),
    )
