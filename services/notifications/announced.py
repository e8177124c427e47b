"""What notifications can state anew for a consumer that comes later."""

from collections.abc import Sequence

from sqlalchemy import select

from shared.announcing import Kind
from shared.context import Work
from shared.contracts.notifications import MessageSettled, MessageStated

from .domain.states import OPEN
from .handlers.messages import message_settled
from .tables import message


async def tell_messages(work: Work, keys: Sequence[str]) -> list[MessageSettled]:
    """The messages that have reached their end."""
    query = select(message).where(message.c.key.in_(keys), message.c.status.not_in(OPEN))
    rows = await work.connection.execute(query.order_by(message.c.key))
    return [message_settled(dict(row._mapping)) for row in rows]


KINDS = (Kind(MessageStated, message.c.key, tell_messages),)
