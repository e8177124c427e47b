"""A rendered mail as the bytes of a message: text first, nothing personal in the headers but To."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, parseaddr
from typing import Final

from ..rendering import RenderedEmail

_ADDRESS: Final = re.compile(r"[^\s<>(),;:\"\\\[\]@]{1,64}@[^\s<>(),;:\"\\\[\]@]{1,189}")


def is_address(address: str) -> bool:
    """One plain address; a line break, a second address or a display name is none."""
    return bool(_ADDRESS.fullmatch(address)) and address.isprintable()


def mail_message(
    key: str, host: str, to: str, sender: str, mail: RenderedEmail
) -> tuple[str, bytes]:
    """The envelope's sender, and the message with Message-ID <key@host>.

    `sender` may carry a display name. Raises ValueError when it is no address.
    """
    name, sender_address = parseaddr(sender)
    if not is_address(sender_address) or not sender.isprintable():
        raise ValueError("the sender is not a mail address")
    policy = (SMTP if to.isascii() else SMTPUTF8).clone(cte_type="7bit")
    message = EmailMessage(policy=policy)
    message["From"] = Address(name, *sender_address.rsplit("@"))
    message["To"] = Address("", *to.rsplit("@"))
    message["Subject"] = mail.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{key}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, charset="utf-8")
    message.add_alternative(mail.html, subtype="html", charset="utf-8")
    message["Content-Language"] = mail.language
    return sender_address, message.as_bytes()
