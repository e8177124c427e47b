"""The broker as other systems meet it, and who may make their accounts there."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from shared.messaging.rabbit.management import Administrator
from shared.messaging.rabbit.users import prefix_of
from shared.process.environment import Environment, SettingIsWrong


@dataclass(frozen=True, slots=True)
class Broker:
    """Who makes accounts, in which virtual host, and where other systems connect."""

    administrator: Administrator = field(repr=False)
    vhost: str
    address: str
    prefix: str = ""
    """Before the name of every user, where installations share a broker."""


def broker_of(environment: Environment) -> Broker | None:
    """`CADRE_BROKER_MANAGEMENT_URL`, with user and password in it or apart; None without it.

    `CADRE_BROKER_PUBLIC_URL` is where other systems connect, when it is not where we do.
    Raises `SettingIsWrong`.
    """
    management = environment.maybe("CADRE_BROKER_MANAGEMENT_URL")
    if management is None:
        return None
    parts = urlsplit(management)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingIsWrong("CADRE_BROKER_MANAGEMENT_URL is not an http:// or https:// address")
    user = environment.maybe("CADRE_BROKER_MANAGEMENT_USER") or unquote(parts.username or "")
    password = environment.maybe("CADRE_BROKER_MANAGEMENT_PASSWORD")
    administrator = Administrator(
        url=_without_account(management),
        user=user,
        password=password or unquote(parts.password or ""),
        authority=environment.broker_authority,
    )
    ours = environment.broker_url
    return Broker(
        administrator=administrator,
        vhost=unquote(urlsplit(ours).path.removeprefix("/")) or "/",
        address=_without_account(environment.maybe("CADRE_BROKER_PUBLIC_URL") or ours),
        prefix=prefix_of(ours, "registration"),
    )


def _without_account(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
