"""The receiver of a sample installation: takes every mail and SMS, and shows them."""

from .guarded import Guarded
from .mailbox import Mailbox

__all__ = ["Guarded", "Mailbox"]
