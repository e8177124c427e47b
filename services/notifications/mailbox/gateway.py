"""The HTTP gateway: SMS arrive here, and both channels can be asked for a key."""

import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from shared.refusals import NotFound, Refused
from shared.web.body import JsonBody, Taken

from ..rendering import sms_parts
from .received import Message, ReceivedMessages

GATEWAY = "/gateway"
"""Where it stands in the mailbox."""


class GatewayKeyIsWrong(Refused):
    """The Authorization header does not carry the key of this gateway."""

    status = 401
    title = "The key of the gateway is missing or wrong"


class SmsSent(Taken):
    """An SMS as the sender hands it over."""

    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")]
    to: Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
    text: Annotated[str, Field(min_length=1, max_length=1600)]
    sender: Annotated[str, Field(max_length=20)] = ""


class SmsTaken(BaseModel):
    """The SMS is on disk."""

    reference: str
    parts: int


class KeyKnown(BaseModel):
    """A message with this key has arrived, and how often."""

    reference: str
    times: int


class MailServer(BaseModel):
    """Where mails are taken on this machine."""

    port: int


def gateway(
    received: ReceivedMessages, gateway_key: str, mail_port: Callable[[], int | None]
) -> APIRouter:
    """The routes under /gateway; every one asks for the key first."""
    expected = f"Bearer {gateway_key}".encode()

    def holds_the_key(request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not secrets.compare_digest(given, expected):
            raise GatewayKeyIsWrong

    router = APIRouter(prefix=GATEWAY, dependencies=[Depends(holds_the_key)])

    @router.post("/messages", status_code=202)
    def sms_arrives(
        request: Request, sms: Annotated[SmsSent, Depends(JsonBody(SmsSent))]
    ) -> SmsTaken:
        """Keep every arrival, repeats too: what was sent twice must be seen twice."""
        parts = sms_parts(sms.text)
        received.keep(
            [
                Message(
                    channel="sms",
                    key=sms.reference,
                    to=sms.to,
                    sender=sms.sender,
                    language=request.headers.get("content-language"),
                    subject="",
                    text=sms.text,
                    parts=parts,
                )
            ]
        )
        return SmsTaken(reference=sms.reference, parts=parts)

    @router.get("/messages/{key}")
    def key_is_known(key: str) -> KeyKnown:
        """Whether a mail or an SMS with this key has arrived."""
        times = received.times(key)
        if not times:
            raise NotFound
        return KeyKnown(reference=key, times=times)

    @router.get("/mail-server")
    def mails_are_taken() -> MailServer:
        """On which port, for who examines the installation."""
        port = mail_port()
        if port is None:
            raise NotFound
        return MailServer(port=port)

    return router
