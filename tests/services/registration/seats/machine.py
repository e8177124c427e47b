"""Everything that can happen to the seats of a call, in any order, held against the plain model."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.registration.domain.quotas import Candidate, Quota, broken_by
from services.registration.tables import (
    held_seat,
    nomination,
    offer,
    seat_passing,
)
from shared.contracts.registration import SeatFreed, SeatOffered
from tests.services.registration.course import AFTER_THE_DEADLINE, Course, a_call, an_officer
from tests.services.registration.domain.fields import best_by_trying_all
from tests.services.registration.seats.model import REFERENCE, Model, Officer

SEATS, MOST_OF_A_PARTY = 3, 2
LAST_DAY = AFTER_THE_DEADLINE + timedelta(days=32)
"""Later no deadline of an offer passes: the activity would begin."""
PARTIES, SEXES = st.sampled_from(["JO", "TN"]), st.sampled_from(["female", "male", "male"])
WHY = "As agreed with the country."
T = TypeVar("T")


class SeatsOfACall(RuleBasedStateMachine):
    """`fresh` gives a course without a call on an empty database, for each example anew."""

    fresh: Callable[[], AbstractAsyncContextManager[Course]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.context = self.fresh()
        self.course: Course = self.run(self.context.__aenter__())
        self.registration = self.course.registration
        self.now = AFTER_THE_DEADLINE
        self.links: dict[str, str] = {}
        self.freed: list[SeatFreed] = []
        self.told: list[SeatFreed] = []
        self.ended: dict[Any, str] = {}

    def run(self, act: Coroutine[Any, Any, T]) -> T:
        """Have something done to its end."""
        return self.runner.run(act)

    def teardown(self) -> None:
        """The database goes."""
        self.run(self.context.__aexit__(None, None, None))
        self.runner.close()

    @initialize(
        women=st.integers(0, 2),
        field=st.lists(st.tuples(PARTIES, SEXES), min_size=2, max_size=7),
    )
    def the_selection_is_made(self, women: int, field: list[tuple[str, str]]) -> None:
        """Officers are nominated, women enough among them, and the deadline passes."""
        asked = [Quota("party", one, 0, MOST_OF_A_PARTY) for one in ("JO", "TN")]
        self.model = Model(SEATS, [*asked, Quota("sex", "female", women)])
        self.run(self.opens(women))
        for party, sex in [("JO", "female"), ("TN", "female"), *field]:
            self.run(self.nominates(party, sex, late=False))
        answer = self.run(self.course.selects())
        assert answer.status_code == 200, answer.text
        pool = [one.candidate for one in self.model.officers.values()]
        chosen = best_by_trying_all(pool, SEATS, self.model.quotas, REFERENCE)
        rows = self.run(self.registration.rows(offer))
        seat_of = {row["nomination_id"]: row["seat"] for row in rows}
        assert chosen == frozenset(seat_of)
        for officer in self.model.officers.values():
            officer.status = "waitlisted"
            if officer.candidate.nomination_id in seat_of:
                self.model.seat(officer, seat_of[officer.candidate.nomination_id])
        self.run(self.listens())

    @rule(party=PARTIES, sex=SEXES)
    @precondition(lambda self: len(self.model.officers) < 14)
    def somebody_is_nominated_late(self, party: str, sex: str) -> None:
        self.run(self.nominates(party, sex, late=True))
        self.model.look()

    @rule(data=st.data(), answer=st.sampled_from(["accept", "decline"]))
    @precondition(lambda self: self.model.of("selected"))
    def an_officer_answers(self, data: st.DataObject, answer: str) -> None:
        officer = self.one_of(data, "selected")
        response = self.run(self.answers(officer, answer))
        assert response.status_code == 200, response.text
        if answer == "accept":
            officer.status = "confirmed"
        else:
            self.model.leave(officer, "declined")

    @rule(data=st.data(), answer=st.sampled_from(["accept", "decline"]))
    @precondition(lambda self: self.links and self.model.of("declined", "expired", "withdrawn"))
    def who_has_no_offer_any_more_answers(self, data: st.DataObject, answer: str) -> None:
        officer = self.one_of(data, "declined", "expired", "withdrawn")
        if officer.candidate.reference in self.links:
            response = self.run(self.answers(officer, answer))
            same = officer.status == "declined" and answer == "decline"
            assert response.status_code in ((200, 409, 410) if same else (409, 410))

    @rule(days=st.integers(1, 6))
    @precondition(lambda self: self.now + timedelta(days=6) < LAST_DAY)
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        rows = self.run(self.registration.rows(offer))
        late = {
            r["nomination_id"] for r in rows if r["state"] == "live" and r["answer_by"] <= self.now
        }
        self.run(self.registration.moves_to(self.now))
        while self.run(self.registration.does_jobs()):
            pass
        for officer in self.model.of("selected"):
            if officer.candidate.nomination_id in late:
                self.model.leave(officer, "expired")

    @rule(data=st.data())
    @precondition(lambda self: self.model.of("selected", "confirmed", "waitlisted"))
    def a_nomination_is_taken_back(self, data: st.DataObject) -> None:
        officer = self.one_of(data, "selected", "confirmed", "waitlisted")
        answer = self.run(self.of_point(officer, "withdrawal", None))
        assert answer.status_code == 200, answer.text
        self.model.leave(officer, "withdrawn")

    @rule(data=st.data())
    @precondition(
        lambda self: self.model.of("selected", "confirmed") and self.model.of("waitlisted")
    )
    def somebody_takes_the_place_of_another(self, data: st.DataObject) -> None:
        leaving, coming = (
            self.one_of(data, "selected", "confirmed"),
            self.one_of(data, "waitlisted"),
        )
        if leaving.candidate.party != coming.candidate.party:
            return
        model, seat = self.model, leaving.seat
        others = [one for one in model.holders if one is not leaving.candidate]
        before = broken_by([*others, leaving.candidate], model.quotas)
        worse = set(broken_by([*others, coming.candidate], model.quotas)) - set(before)
        number = int(coming.candidate.reference.partition("-")[2])
        described = an_officer(
            coming.candidate.party, number, sex=str(coming.candidate.traits["sex"])
        )
        answer = self.run(self.of_point(leaving, "replacement", {"officer": described}))
        assert answer.status_code == (409 if worse else 201), answer.text
        if not worse and seat:
            model.leave(leaving, "replaced")
            model.seat(coming, seat)
            model.passed(seat, "replaced")

    @rule(data=st.data(), twice=st.booleans())
    @precondition(lambda self: self.freed)
    def a_freed_seat_is_told(self, data: st.DataObject, twice: bool) -> None:
        fact = data.draw(st.sampled_from(self.freed), label="fact")
        self.freed.remove(fact)
        self.told.append(fact)
        self.run(self.registration.hears(*([fact] * (1 + twice))))
        self.model.look()

    @rule(data=st.data())
    @precondition(lambda self: self.told)
    def an_old_fact_comes_again(self, data: st.DataObject) -> None:
        self.run(self.registration.hears(data.draw(st.sampled_from(self.told), label="fact")))
        self.model.look()

    @rule(data=st.data(), given=st.booleans())
    @precondition(lambda self: self.model.held)
    def a_coordinator_decides(self, data: st.DataObject, given: bool) -> None:
        seat = data.draw(st.sampled_from(sorted(self.model.held)), label="seat")
        if given and not self.model.queue:
            return
        address = f"/calls/{self.course.call_id}/seats/{seat}"
        body: dict[str, Any] = {"reason": WHY}
        if given:
            officer = self.one_of(data, "waitlisted")
            body["nomination_id"] = str(officer.candidate.nomination_id)
        what = "award" if given else "closing"
        answer = self.run(self.course.coordinator.post(f"{address}/{what}", json=body))
        assert answer.status_code == 201, answer.text
        self.model.overridden = True
        self.model.passed(seat, "given" if given else "left_unused")
        if given:
            self.model.seat(officer, seat)
            self.model.look()
        else:
            self.model.unused.add(seat)
            self.model.held.discard(seat)

    @rule()
    @precondition(lambda self: self.model.held and self.model.quotas[-1].minimum)
    def a_coordinator_asks_for_fewer_women(self) -> None:
        *others, women = self.model.quotas
        fewer = Quota("sex", "female", women.minimum - 1)
        change = {"dimension": "sex", "value": "female", "bound": "minimum", "to": fewer.minimum}
        address = f"/calls/{self.course.call_id}/quotas/relaxation"
        body = {"changes": [change], "reason": WHY}
        answer = self.run(self.course.coordinator.post(address, json=body))
        assert answer.status_code == 200, answer.text
        self.model.quotas = [*others, fewer]
        self.model.look()

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        self.run(self.listens())
        self.run(self.is_compared())
        if not self.model.overridden and not self.model.free():
            assert not broken_by(self.model.holders, self.model.quotas)

    async def is_compared(self) -> None:
        model, rows = self.model, await self.registration.rows(nomination)
        named = {row["id"]: row["officer_reference"] for row in rows}
        offers = await self.registration.rows(offer)
        standing = [row for row in offers if row["state"] in ("live", "accepted")]
        seats = {row["seat"]: named[row["nomination_id"]] for row in standing}
        assert {named[row["id"]]: row["status"] for row in rows} == {
            reference: one.status for reference, one in model.officers.items()
        }
        assert len(seats) == len(standing) <= SEATS
        assert seats == {
            one.seat: one.candidate.reference for one in model.of("selected", "confirmed")
        }
        for row in offers:
            assert self.ended.get(row["id"], row["state"]) == row["state"]
            if row["state"] not in ("live", "accepted"):
                self.ended[row["id"]] = row["state"]
        left_free = {row["id"]: row["seat"] for row in offers}
        held = await self.registration.rows(held_seat)
        assert {left_free[row["offer_id"]] for row in held} == model.held
        told = sorted(await self.registration.rows(seat_passing), key=lambda row: row["id"])
        assert all(reason for row in told for reason in row["reasons"])
        passings = [
            (
                row["seat"],
                row["outcome"],
                tuple(named[UUID(identity)] for identity, _ in row["passed_over"]),
            )
            for row in told
        ]
        assert passings == model.passings

    async def opens(self, women: int) -> None:
        body = a_call(seats=SEATS, women_minimum=women, takes_late=True)
        answer = await self.course.coordinator.post("/calls", json=body)
        assert answer.status_code == 201, answer.text
        self.course.call_id = answer.json()["id"]

    async def nominates(self, party: str, sex: str, *, late: bool) -> None:
        number = 1 + sum(one.startswith(party) for one in self.model.officers)
        made = await self.course.nominates(party, number, sex=sex)
        reference = f"{party}-{number:03}"
        traits = {"sex": sex, "unit": "immigration"}
        mine = Candidate(UUID(made["id"]), party, reference, number, traits, late)
        self.model.officers[reference] = Officer(mine, "waitlisted" if late else "submitted")

    async def answers(self, officer: Officer, answer: str) -> Any:
        path = self.links[officer.candidate.reference]
        return await self.registration.client().post(path, data={"answer": answer})

    async def of_point(self, officer: Officer, what: str, body: Any) -> Any:
        address = f"/nominations/{officer.candidate.nomination_id}/{what}"
        return await self.course.points[officer.candidate.party].post(address, json=body)

    async def listens(self) -> None:
        """Keep the links that were sent, and the facts that are to be delivered."""
        by_id = {one.candidate.nomination_id: ref for ref, one in self.model.officers.items()}
        for event in await self.registration.said(SeatOffered, SeatFreed):
            if isinstance(event, SeatFreed):
                self.freed.append(event)
            else:
                path = event.link.removeprefix("http://cadre.test/registration")
                self.links[by_id[event.nomination_id]] = path

    def one_of(self, data: st.DataObject, *statuses: str) -> Officer:
        references = sorted(one.candidate.reference for one in self.model.of(*statuses))
        return self.model.officers[data.draw(st.sampled_from(references), label="officer")]
