"""The receiver of an embedded installation: takes every mail and SMS, and shows them."""

from .mailbox import Mailbox

__all__ = ["Mailbox"]
