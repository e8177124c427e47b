"""Facts that notifications publishes: what became of a message."""

from typing import Literal

from shared.contracts.event import Event, Id, Language


class MessageSettled(
    Event, type="notifications.message.settled.v1", aggregate="message_key", whole=True
):
    """A message reached its end: with the receiver, or not, and why."""

    message_key: str
    """Opaque key of fact, person, template and channel; the Message-ID of the mail."""
    person_id: Id
    message: str
    channel: Literal["email", "sms"]
    language: Language | None = None
    status: Literal["sent", "refused", "unsettled", "not_sent"]
    reason: str | None = None
    activity_id: Id | None = None
    """The activity the message is about, where it is about one."""


class NotificationsErasureConfirmed(
    Event, type="notifications.erasure.confirmed.v1", aggregate="person_id"
):
    """Notifications has forgotten the person."""

    person_id: Id


class MessageStated(MessageSettled, type="notifications.message.stated.v1", stated=True):
    """The end that a message has reached, as it is known now."""


EVENTS: tuple[type[Event], ...] = (MessageSettled, NotificationsErasureConfirmed, MessageStated)
