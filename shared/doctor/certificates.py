"""The certificates that servers show: trusted, for the name they are asked by, and not about to
end."""

import asyncio
import ssl
import time
from urllib.parse import urlsplit

from .finding import Found, right, warning, wrong

SOON = 14 * 24 * 3600
"""Seconds; so long before its end a certificate should be followed by another."""
SECONDS_TO_CONNECT = 8.0
PORTS = {"https": 443, "amqps": 5671}
"""Where such servers listen unless the address says otherwise; others show no certificate."""


async def lasts(url: str, authority: str | None = None) -> Found:
    """What a server shows; `authority` (PEM) is trusted instead of those of the machine."""
    place = urlsplit(url)
    name, port = place.hostname or "", place.port or PORTS[place.scheme]
    trusted = ssl.create_default_context(cadata=authority)
    try:
        async with asyncio.timeout(SECONDS_TO_CONNECT):
            _, writer = await asyncio.open_connection(name, port, ssl=trusted)
    except ssl.SSLCertVerificationError as refusal:
        remedy = "renew the certificate, or trust its authority (CADRE_BROKER_CA for the broker)"
        return wrong(f"the certificate of {name} is not trusted: {refusal.verify_message}", remedy)
    except (OSError, TimeoutError) as error:
        remedy = "see that it runs and speaks TLS there"
        return wrong(f"{name}:{port} shows no certificate ({type(error).__name__})", remedy)
    shown = writer.get_extra_info("peercert")
    writer.close()
    days = (ssl.cert_time_to_seconds(shown["notAfter"]) - time.time()) / 86400
    said = f"the certificate of {name} is trusted for {days:.0f} d more"
    return right(said) if days * 86400 >= SOON else warning(said, "renew it")
