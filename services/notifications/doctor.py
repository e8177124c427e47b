"""What of notifications can be looked at: the mail server, the SMS gateway, what did not settle."""

from collections.abc import Sequence
from ipaddress import ip_address

import httpx
from aiosmtplib import SMTPAuthenticationError, SMTPException
from sqlalchemy import func, select

from shared.context import Context
from shared.doctor.finding import Check, Found, right, warning, wrong

from .channels import EmailChannel, SmsChannel, SmsGatewaySettings, SmtpSettings
from .channels.email import server_of
from .channels.http_client import http_client
from .jobs import Deliver
from .tables import message

SECONDS = 10.0
NO_MESSAGE = "doctor-asks-for-a-key-that-no-message-has"


def checks_of(context: Context, deliver: Deliver) -> Sequence[Check]:
    """All checks that only this service has."""
    checks = [Check("deliveries", lambda: deliveries_settle(context))]
    if isinstance(deliver.email, EmailChannel):
        smtp = deliver.email.settings
        checks.append(Check("mail", lambda: mail_server_lets_us_in(smtp)))
    if isinstance(deliver.sms, SmsChannel):
        sms = deliver.sms.settings
        checks.append(Check("sms", lambda: sms_gateway_answers(sms)))
    return checks


async def deliveries_settle(context: Context) -> Found:
    """Of every message that was sent it is known whether it arrived."""
    number = func.count().label("number")
    query = select(message.c.status, number).group_by(message.c.status)
    async with context.database.reading() as connection:
        counts = {row.status: int(row.number) for row in await connection.execute(query)}
    ended_badly = {
        one: counts[one] for one in ("unsettled", "refused", "not_sent") if one in counts
    }
    if ended_badly:
        said = ", ".join(f"{number} {status}" for status, number in ended_badly.items())
        return warning(said, "the page /notifications shows each; a person decides")
    return right(f"{counts.get('sent', 0)} sent, none unsettled")


async def mail_server_lets_us_in(settings: SmtpSettings) -> Found:
    """EHLO, STARTTLS and the password are taken; nothing is sent."""
    server = server_of(settings, seconds=SECONDS)
    try:
        await server.connect()
        extensions = sorted(server.esmtp_extensions)
        await server.quit()
    except SMTPAuthenticationError:
        return wrong("the mail server refuses user or password", "correct CADRE_SMTP_USER/PASSWORD")
    except (SMTPException, OSError, ValueError) as error:
        remedy = "see CADRE_SMTP_HOST, _PORT and _SECURITY, and that the server runs"
        return wrong(f"no session with the mail server ({type(error).__name__})", remedy)
    finally:
        server.close()
    said = f"the mail server lets us in ({settings.security}, {len(extensions)} extensions)"
    if settings.security == "none" and not _is_here(settings.host):
        return warning(f"{said}: mails travel in the clear", "set CADRE_SMTP_SECURITY=starttls")
    return right(said)


async def sms_gateway_answers(settings: SmsGatewaySettings) -> Found:
    """It takes our key, and says that it has no message which it can not have."""
    try:
        async with http_client(settings.key, SECONDS) as client:
            answer = await client.get(f"{settings.url.rstrip('/')}/messages/{NO_MESSAGE}")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        remedy = "see CADRE_SMS_URL, and that the provider is up"
        return wrong(f"the SMS gateway does not answer ({type(error).__name__})", remedy)
    if answer.status_code in (401, 403):
        return wrong("the SMS gateway refuses our key", "correct CADRE_SMS_KEY")
    if answer.status_code != httpx.codes.NOT_FOUND:
        remedy = "ask the provider; without an answer an interrupted SMS ends unsettled"
        return warning(f"the SMS gateway answers {answer.status_code} where 404 is due", remedy)
    return right("the SMS gateway answers, and can be asked for messages by key")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
