"""The fair lottery in the open: a seed committed to, what is published, the draw, and its check."""

import json
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.registration.domain.ordering import netstring
from services.registration.tables import lottery_seed, offer
from shared.contracts.registration import (
    LotteryCommitted,
    SelectionConcluded,
    SelectionRunProposed,
    SelectionRunPublished,
)
from tests.services.registration.building import Registration
from tests.services.registration.lottery import a_lottery, adds, chances, the_draw
from tests.services.registration.runs import a_run, references, step

CHECKER = Path(__file__).parents[3] / "deploy/verify_draw.py"


def checked(record: dict[str, Any], folder: Path) -> tuple[int, str]:
    """What a third party finds, who has the record and the checker alone."""
    file = folder / "draw.json"
    file.write_text(json.dumps(record), "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(file)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


async def test_a_seed_is_committed_to_when_the_call_opens_and_told_to_nobody(
    registration: Registration,
) -> None:
    course = await a_lottery(registration)
    (seed,) = await registration.rows(lottery_seed)
    (committed,) = await registration.said(LotteryCommitted)

    record = await the_draw(course)

    assert record["commitment"] == committed.commitment == seed["commitment"]
    assert sha256(bytes.fromhex(seed["secret"])).hexdigest() == record["commitment"]
    assert (record["seed"], record["published"], record["drawn"]) == (None, None, None)
    assert seed["secret"] not in json.dumps(record)
    assert seed["salt"] not in json.dumps(record)


async def test_panels_and_chances_are_published_and_then_the_panel_is_drawn(
    registration: Registration, tmp_path: Path
) -> None:
    course = await a_lottery(registration)
    await adds(course, "beacon:4f1c9a77")
    run = await a_run(course)
    published = await the_draw(course)
    everybody = await chances(course)
    at_once = await step(course, run, "conclusion")
    await adds(course, "jordan-rolled-6612", course.points["JO"])

    drawn = await step(course, run, "draw")
    record = await the_draw(course)
    concluded = await step(course, run, "conclusion")

    assert (run["state"], run["chosen"]) == ("published", [])
    assert published["published"] is not None
    assert published["seed"] is None
    assert sum(Fraction(one["chance"]) for one in everybody) == 2
    assert Fraction(run["least_chance"]) == min(Fraction(one["chance"]) for one in everybody)
    assert at_once.json()["code"] == "run-has-moved"
    assert drawn.json()["state"] == "proposed"
    assert len(references(drawn.json())) == 2
    assert references(drawn.json()) & {"JO-002", "TN-002"}
    assert checked(record, tmp_path)[0] == 0
    minutes = await course.coordinator.get(f"/selection-runs/{run['id']}/minutes")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(minutes.content)).pages)
    assert {record["seed"], record["commitment"], "jordan-rolled-6612"} <= set(text.split())
    assert run["fairest_within"] == record["fairest_within"] == "0.000001"
    assert "by this part of it at most" in text
    assert "0.000001" in text
    assert concluded.json()["state"] == "concluded"
    listed = await course.points["JO"].get(f"/calls/{course.call_id}/nominations")
    told = {one["id"]: one["outcome_reason"] for one in listed.json()["items"]}
    chance = {one["nomination_id"]: one["chance"] for one in everybody}
    drawn_ids = {one["nomination_id"] for one in drawn.json()["chosen"]}
    for nomination_id, why in told.items():
        not_drawn = [{"code": "not-drawn", "dimension": None, "chance": chance[nomination_id]}]
        assert why == (None if nomination_id in drawn_ids else not_drawn)
    assert len(await registration.rows(offer)) == 2
    said = await registration.said(SelectionRunPublished, SelectionRunProposed, SelectionConcluded)
    assert [one.method for one in said] == ["lottery"] * 3
    shown_by = {one["code"] for one in everybody}
    assert {code for _, code in record["drawn"]} <= shown_by
    assert "JO-001" not in record["published"]


async def test_the_checker_finds_every_change(
    registration: Registration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda size: b"s" * size)
    monkeypatch.setattr("secrets.token_hex", lambda size: "5a" * size)
    registration.takes_over = False
    course = await a_lottery(registration)
    await adds(course, "beacon:4f1c9a78")
    run = await a_run(course)
    early = checked(await the_draw(course), tmp_path)
    await step(course, run, "draw")
    record = await the_draw(course)
    lottery = json.loads(record["published"])
    others = [[*one] for kind in lottery["kinds"] for one in kind["members"]]
    greedy = json.loads(record["published"])
    greedy["panels"][0]["of_kind"] = [one + 1 for one in greedy["panels"][0]["of_kind"]]

    changed: Sequence[dict[str, Any]] = (
        {"seed": sha256(b"another").hexdigest()},
        {"published": record["published"].replace('"seats":2', '"seats":3')},
        {"published": json.dumps(greedy)},
        {"drawn": [one for one in others if one not in record["drawn"]][:2]},
        {"commitment": sha256(b"another").hexdigest()},
    )
    found = [checked({**record, **one}, tmp_path)[0] for one in changed]
    other_words = [
        {**record, "contributions": record["contributions"] * n} for n in (0, *range(2, 9))
    ]
    found_in_words = [checked(one, tmp_path)[0] for one in other_words]

    assert early[0] == 1
    assert checked(record, tmp_path)[0] == 0
    assert found == [1] * len(changed)
    assert found_in_words.count(1) >= len(other_words) // 2  # some draw the same two by chance


async def test_a_focal_point_sees_the_chances_of_its_own_and_can_check_their_codes(
    registration: Registration,
) -> None:
    course = await a_lottery(registration)
    address = f"/calls/{course.call_id}/chances"
    early = await course.coordinator.get(address)
    await a_run(course)

    jordan = await chances(course, course.points["JO"])
    coordinators = await chances(course)
    auditors = await chances(course, registration.client("auditor"))
    public = await the_draw(course, course.points["JO"])
    stranger = await registration.client("instructor").get(address)

    assert early.json()["code"] == "nothing-is-published"
    assert {one["party"] for one in jordan} == {"JO"}
    assert len(coordinators) == len(auditors) == 6
    assert {one["code_salt"] for one in auditors} == {None}
    for one in jordan:
        texts = (one["code_salt"], one["party"], one["officer_reference"])
        code = sha256(b"".join(map(netstring, texts))).hexdigest()[:32]
        assert code == one["code"]
        assert code in public["published"]
    assert stranger.status_code == 404
