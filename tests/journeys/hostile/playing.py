"""Two projects of two organisers' teams: one course held and closed, one with offers out, one drawn
by lot, one before a board, two with open calls. Played over HTTP, so that everything a hostile
visitor may try has an object."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from deploy.demo.cast import admitted
from deploy.demo.client import Caller
from deploy.demo.mail import Mailbox
from deploy.demo.story import Story

from .small_course import SmallCourse, nomination
from .under_way import UnderWay

OFFER, CERTIFICATE, JOINING, FOLLOW_UP, LETTER = (
    "/registration/offer/",
    "/scheduling/certificate/",
    "/scheduling/joining/",
    "/registration/follow-up/",
    "/registration/visa-letter/",
)
TOLD = {
    "diet.kind": "halal",
    "passport.number": "N7654321",
    "passport.country": "JO",
    "passport.expires_on": "2022-01-31",
    "visa_letter.needed": "yes",
    "visa_letter.born_on": "1986-03-09",
    "visa_letter.birthplace": "Aqaba",
    "visa_letter.consulate": "Embassy",
}
STAFF = {
    "coordinator": ("A", "coordinator"),
    "instructor": ("A", "instructor"),
    "instructor-idle": ("A", "instructor"),
    "coordinator-b": ("B", "coordinator"),
}
CHANNELS = {"JO": "A", "TN": "A", "EG": "B"}


def play(origin: str, token: str) -> SmallCourse:
    """Everything up to the last day of March 2018."""
    return _Play(origin, token).perform()


def _at(day: int, hour: int = 9) -> datetime:
    return datetime(2018, 3, day, hour, tzinfo=UTC)


class _Play:
    def __init__(self, origin: str, token: str) -> None:
        self.cast = admitted(origin, token)
        self.admin: Caller = self.cast.admin
        self.story = Story(self.admin, "UTC")
        self.mail = Mailbox(self.admin)
        self.made = SmallCourse()
        self.under_way = UnderWay(self.cast, self.story, self.made)

    def perform(self) -> SmallCourse:
        self._found_projects()
        self._appoint()
        self.story.settle()
        held, offered = self._plan("A", "HELD-1"), self._plan("A", "OFFERED-1")
        self._plan_sessions(held)
        drawn, judged = self._plan("A", "DRAWN-1"), self._plan("A", "JUDGED-1")
        running, of_others = self._plan("A", "RUNNING-1"), self._plan("B", "OTHERS-1")
        self.story.settle()
        self._call(
            held,
            "A",
            seats=2,
            closes="2018-03-10T12:00:00",
            follow_up=["diet", "passport", "visa_letter"],
        )
        self._call(offered, "A", seats=2, closes="2018-03-10T12:00:00")
        self._call(drawn, "A", seats=1, closes="2018-03-10T12:00:00", method="lottery")
        self._call(judged, "A", seats=1, closes="2018-03-10T12:00:00")
        self._call(running, "A", seats=3, closes="2018-05-10T12:00:00")
        self._call(of_others, "B", seats=3, closes="2018-05-10T12:00:00")
        self.story.settle()
        self._nominate()
        self.under_way.send_files()
        self.under_way.appoint_a_board()
        self.story.move_to_instant(_at(11))
        self.under_way.ask_for_a_change()
        self.under_way.publish_a_lottery()
        self._select_and_answer(held, offered)
        self.under_way.offer_another_run()
        self._hold_and_close(held)
        self.under_way.list_for_screening()
        return self.made

    def _found_projects(self) -> None:
        for party, name in (("JO", "Jordan"), ("TN", "Tunisia"), ("EG", "Egypt")):
            named = {"party": party, "kind": "country", "names": {"en": name}}
            self.admin.post("/registration/parties", {**named, "calendar_country": party})
        for code in ("A", "B"):
            project = self.admin.post(
                "/scheduling/projects",
                {
                    "code": f"PROJECT-{code}",
                    "names": {"en": f"Project {code} (specimen)"},
                    "starts_on": "2018-01-01",
                    "ends_on": "2018-12-31",
                    "issuing_body": {"en": "A made-up body"},
                },
            )
            self.made.ids[f"project-{code}"] = project["id"]
        self.story.settle()
        for party, code in CHANNELS.items():
            joined = {"party": party, "from_on": "2018-01-01"}
            address = f"/registration/projects/{self.made.ids[f'project-{code}']}/partners"
            self.made.ids[f"partner-{party}"] = self.admin.post(address, joined)["id"]

    def _appoint(self) -> None:
        for subject, (code, role) in STAFF.items():
            person = self._register(subject, None)
            appointed = {"person_id": person, "role": role, "from_on": "2018-01-01"}
            address = f"/registration/projects/{self.made.ids[f'project-{code}']}/staff"
            self.made.ids[f"staff-{subject}"] = self.admin.post(address, appointed)["id"]
        for number in (1, 2):
            self._register(f"reviewer-{number}", None)
        for party, code in CHANNELS.items():
            holder = self._register(f"focal_point-{party}", party)
            channel = {"party": party, "holder_id": holder, "from_on": "2018-01-01"}
            address = f"/registration/projects/{self.made.ids[f'project-{code}']}/channels"
            self.made.ids[f"channel-{party}"] = self.admin.post(address, channel)["id"]

    def _register(self, subject: str, party: str | None) -> str:
        known: dict[str, Any] = {
            "subject": subject,
            "names": [{"script": "Latn", "given": subject, "family": "Specimen"}],
            "sex": "not_stated",
            "email": f"{subject.replace('_', '-').lower()}@ncb.example",
            "language": "en",
        }
        told = known if party is None else {**known, "party": party}
        self.made.ids[subject] = self.admin.post("/registration/persons", told)["id"]
        return self.made.ids[subject]

    def _plan(self, code: str, reference: str) -> str:
        starts = "2018-03-20" if reference == "HELD-1" else "2018-06-24"
        activity = self.admin.post(
            f"/scheduling/projects/{self.made.ids[f'project-{code}']}/activities",
            {
                "reference": reference,
                "kind": "course",
                "delivery": "classroom",
                "names": {"en": f"Course {reference}", "ar": "دورة"},
                "zone": "Asia/Amman",
                "starts_on": starts,
                "ends_on": starts[:-1] + str(int(starts[-1]) + 1),
                "country": "JO",
                "city": {"en": "Amman"},
                "languages": ["en"],
                "minimum_attendance": 50,
            },
        )
        self.made.ids[f"activity-{reference}"] = activity["id"]
        return reference

    def _plan_sessions(self, reference: str) -> None:
        place = {"names": {"en": "Hall"}, "city": {"en": "Amman"}, "country": "JO"}
        self.made.ids["venue"] = self.admin.post("/scheduling/venues", place)["id"]
        session = {
            "number": 1,
            "starts": "2018-03-20T09:00:00",
            "ends": "2018-03-20T12:00:00",
            "module": {"en": "Interviews"},
            "venue_id": self.made.ids["venue"],
            "room": "Hall A",
            "instructor_ids": [self.made.ids["instructor"]],
        }
        address = f"/scheduling/activities/{self.made.ids[f'activity-{reference}']}/sessions"
        self.made.ids["session"] = self.admin.post(address, session)["id"]

    def _call(self, reference: str, code: str, *, seats: int, closes: str, **more: Any) -> None:
        parties = [party for party, project in CHANNELS.items() if project == code]
        call = self.admin.post(
            "/registration/calls",
            {
                "activity_id": self.made.ids[f"activity-{reference}"],
                "seats": seats,
                "parties": [{"party": party} for party in parties],
                "women_minimum": 0,
                "units": [],
                "deadline": {"local": closes, "zone": "Asia/Amman"},
                "answer_working_days": 60,
                **more,
            },
        )
        self.made.ids[f"call-{reference}"] = call["id"]

    def _nominate(self) -> None:
        for reference, party, number in (
            *(("HELD-1", "JO", one) for one in (1, 2, 3)),
            ("HELD-1", "TN", 1),
            *(("OFFERED-1", "JO", one) for one in (11, 12, 13)),
            *(("OFFERED-1", "TN", one) for one in (11, 12)),
            *(("DRAWN-1", party, 31) for party in ("JO", "TN")),
            *(("JUDGED-1", party, 51) for party in ("JO", "TN")),
            ("RUNNING-1", "JO", 21),
            ("RUNNING-1", "TN", 21),
            ("OTHERS-1", "EG", 1),
        ):
            address = f"/registration/calls/{self.made.ids[f'call-{reference}']}/nominations"
            asked = nomination(party, number, women=12)
            made = self.cast.focal_point(party).post(address, asked)
            self.made.ids[f"nomination-{party}-{number}"] = made["id"]
            self.made.ids[f"officer-{party}-{number}"] = made["person_id"]

    def _select_and_answer(self, *references: str) -> None:
        for reference in references:
            self.admin.post(f"/registration/calls/{self.made.ids[f'call-{reference}']}/selection")
        self.story.settle()
        self._answer("JO", 1, "decline")
        self._answer("TN", 1, "accept")
        self.story.settle()
        self._answer("JO", 2, "accept")
        self.story.settle()
        self._tell_more("JO", 2)
        for party in ("JO", "TN"):
            self.made.links[f"offer-live-{party}"] = urlsplit(self._offer_of(party, 11)).path

    def _offer_of(self, party: str, number: int) -> str:
        return self.mail.link_to(f"officer-{number}@{party.lower()}.example", OFFER)

    def _answer(self, party: str, number: int, answer: str) -> None:
        link = self._offer_of(party, number)
        self.made.links[f"offer-{answer}"] = urlsplit(link).path
        with self.cast.visitor() as visitor:
            visitor.send_form(link, answer=answer)

    def _tell_more(self, party: str, number: int) -> None:
        link = self.mail.link_to(f"officer-{number}@{party.lower()}.example", FOLLOW_UP)
        self.made.links["follow-up"] = urlsplit(link).path
        told = {**TOLD, "diet.note": f"{party}-{number:03} eats no fish"}
        with self.cast.visitor() as visitor:
            visitor.send_form(link, **told)
        nomination = self.made.ids[f"nomination-{party}-{number}"]
        self.admin.post(
            f"/registration/nominations/{nomination}/visa-letter", {"languages": ["ar"]}
        )
        self.story.settle()
        letter = self.mail.link_to(f"officer-{number}@{party.lower()}.example", LETTER)
        self.made.links["visa-letter"] = urlsplit(letter).path

    def _hold_and_close(self, reference: str) -> None:
        activity = f"/scheduling/activities/{self.made.ids[f'activity-{reference}']}"
        self.admin.post(f"{activity}/joining-instructions")
        self.story.move_to_instant(_at(20, 12))
        enrolled = [one["person_id"] for one in self.admin.listed(f"{activity}/enrolments")]
        marks = {"records": [{"person_id": one, "status": "present"} for one in enrolled]}
        self.admin.post(f"/scheduling/sessions/{self.made.ids['session']}/attendance", marks)
        self.story.move_to_instant(_at(22))
        self.admin.post(f"{activity}/closing")
        self.story.settle()
        address = "officer-1@tn.example"
        self.made.links["certificate"] = urlsplit(self.mail.link_to(address, CERTIFICATE)).path
        self.made.links["joining"] = urlsplit(self.mail.link_to(address, JOINING)).path
