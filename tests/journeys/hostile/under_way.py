"""What of the small course is neither begun nor done: asked for, read, proposed, on a list."""

from collections.abc import Mapping
from typing import Any

from deploy.demo.cast import Cast
from deploy.demo.story import Story

from .small_course import SmallCourse, nomination

CSV = "text/csv"
ROSTER = (
    b"officer_reference,given_name,family_name,sex,unit,language,priority\n"
    b"JO-041,Omar,Haddad,m,immigration,en,41\nJO-042,Rania,Haddad,nobody,immigration,en,42\n"
)
PAST = {
    "past_import-JO-1": b"officer reference,course,date,outcome\nJO-001,Analysis,2016,completed\n",
    "past_import-JO": b"officer reference,name,course,date\nJO-002,Lina Haddad,Analysis,2017\n",
}
BOARD: Mapping[str, Any] = {
    "criteria": [{"code": "experience", "names": {"en": "Experience"}}],
    "scores_until": {"local": "2018-05-10T12:00:00", "zone": "Asia/Amman"},
}


class UnderWay:
    """Has each matter begun, and keeps what it is called."""

    def __init__(self, cast: Cast, story: Story, made: SmallCourse) -> None:
        self.cast, self.admin, self.story, self.ids = cast, cast.admin, story, made.ids

    def send_files(self) -> None:
        """A party's roster, read and not confirmed; its past, once imported and once only read."""
        jordan = self.cast.focal_point("JO")
        imports = f"/registration/calls/{self.ids['call-RUNNING-1']}/imports"
        self.ids["import-JO"] = jordan.upload(imports, ROSTER, CSV, party="JO")["id"]
        past = "/registration/history/imports"
        for name, content in PAST.items():
            self.ids[name] = jordan.upload(past, content, CSV, party="JO")["id"]
        self.story.settle()
        jordan.post(f"{past}/{self.ids['past_import-JO-1']}/confirmation")
        self.story.settle()
        known = jordan.listed(f"/registration/persons/{self.ids['officer-JO-1']}/participations")
        self.ids["participation-JO-1"] = next(known)["id"]

    def appoint_a_board(self) -> None:
        """Two persons are to score the nominees of a call."""
        named = [{"person_id": self.ids[f"reviewer-{number}"]} for number in (1, 2)]
        address = f"/registration/calls/{self.ids['call-JUDGED-1']}/board"
        self.admin.post(address, {**BOARD, "reviewers": named})

    def ask_for_a_change(self) -> None:
        """A focal point asks for a correction after the deadline."""
        officer = {**nomination("JO", 31, women=31)["officer"], "rank_title": "Captain"}
        asked = {"change": "correction", "officer": officer, "reason": "Promoted since"}
        address = f"/registration/nominations/{self.ids['nomination-JO-31']}/change-requests"
        self.ids["request-JO-31"] = self.cast.focal_point("JO").post(address, asked)["id"]

    def publish_a_lottery(self) -> None:
        """The chances of a lottery are published, and nothing is drawn."""
        address = f"/registration/calls/{self.ids['call-DRAWN-1']}/selection-runs"
        self.ids["run-DRAWN-1"] = self.admin.post(address)["id"]
        self.story.settle()

    def offer_another_run(self) -> None:
        """Who waits for a seat of one course is offered another."""
        asked = {"call_id": self.ids["call-RUNNING-1"], "answer_until": "2018-04-30"}
        address = f"/registration/nominations/{self.ids['nomination-JO-3']}/other-run"
        self.ids["run_offer-JO-3"] = self.admin.post(address, asked)["id"]

    def list_for_screening(self) -> None:
        """A list went to the vetting office before the project gave screening up again."""
        address = f"/registration/projects/{self.ids['project-A']}/screening"
        self._screen(address, asked_for=True)
        self.ids["list-A"] = self.admin.post(f"{address}/lists")["id"]
        self._screen(address, asked_for=False)

    def _screen(self, address: str, *, asked_for: bool) -> None:
        seen = {"If-Match": f'"{self.admin.get(address)["version"]}"'}
        self.admin.ask("PUT", address, json={"asked_for": asked_for}, headers=seen)
        self.story.settle()
