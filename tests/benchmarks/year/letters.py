"""Officers read their mail: they answer the offer of a seat, and look at their certificate."""

from dataclasses import dataclass, field
from zlib import crc32

from deploy.demo.mail import links_in

from .asking import House

OFFER, CERTIFICATE = "/registration/offer/", "/scheduling/certificate/"
DECLINE_IN_HUNDRED, SILENT_IN_HUNDRED = 8, 2
ONE_IN_FIVE = 5


@dataclass
class Letters:
    """The mailbox, read on from where it was read to last."""

    house: House
    _read_to: dict[str, int] = field(default_factory=dict)

    async def answer_offers(self) -> None:
        """Eight officers in a hundred decline, and two never answer."""
        arrived = await self._new(OFFER)
        answering = [(number, to) for number, to in arrived if _chance(to) >= SILENT_IN_HUNDRED]
        await self.house.all_at_once(self._answer, answering)

    async def look_at_certificates(self) -> None:
        """One in five opens the page behind the link."""
        arrived = await self._new(CERTIFICATE)
        looking = [(number, to) for number, to in arrived if _chance(to) % ONE_IN_FIVE == 0]
        await self.house.all_at_once(self._look, looking)

    async def _answer(self, letter: tuple[int, str]) -> None:
        number, to = letter
        link, officer = await self._link(number, OFFER), self.house.visitor()
        await officer.ask("GET", link)
        declines = _chance(to) < SILENT_IN_HUNDRED + DECLINE_IN_HUNDRED
        await officer.ask("POST", link, data={"answer": "decline" if declines else "accept"})

    async def _look(self, letter: tuple[int, str]) -> None:
        link = await self._link(letter[0], CERTIFICATE)
        await self.house.visitor().ask("GET", link)

    async def _new(self, page: str) -> list[tuple[int, str]]:
        """Number and reader of each mail with a link to a page that came since the last time."""
        reader, found = self.house.desk("admin"), []
        after = self._read_to.get(page, 0)
        while True:
            listed = await reader.get(
                "/mailbox/messages", channel="email", q=page, after=after, limit=200
            )
            found += [(one["id"], one["to"]) for one in listed["items"]]
            if found:
                after = self._read_to[page] = found[-1][0]
            if listed["next"] is None:
                return found

    async def _link(self, number: int, page: str) -> str:
        text = (await self.house.desk("admin").get(f"/mailbox/messages/{number}"))["text"]
        return next(link for link in links_in(text) if page in link)


def _chance(address: str) -> int:
    """The same per cent for the same reader."""
    return crc32(address.encode()) % 100
