"""What officers bring beyond rank and unit: specialisms, languages, years of service."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

from services.registration.domain.quotas import Candidate, Quota
from services.registration.selecting.candidates import Pool
from services.registration.tables import nomination, person
from shared.contracts.registration import NominationSubmitted
from tests.services.registration.building import Registration, an_id
from tests.services.registration.course import a_course

BROUGHT: dict[str, Any] = {
    "specialisms": ["biometrics", "human_trafficking", "biometrics"],
    "languages": ["fr", "ar"],
    "serving_since": "2004-09-01",
}


async def test_what_is_submitted_is_kept_shown_and_told(registration: Registration) -> None:
    course = await a_course(registration)

    nominated = await course.nominates("JO", 1, **BROUGHT)

    (told,) = await registration.said(NominationSubmitted)
    kept = (await course.points["JO"].get(f"/persons/{nominated['person_id']}")).json()
    file = await course.points["JO"].get(f"/calls/{course.call_id}/nominations.csv")
    row = next(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    assert kept["specialisms"] == nominated["specialisms"] == ["biometrics", "human_trafficking"]
    assert (kept["languages"], nominated["languages"]) == (["fr", "ar"], ["ar", "fr"])
    assert (told.specialisms, told.languages) == (("biometrics", "human_trafficking"), ("ar", "fr"))
    assert kept["serving_since"] == row["serving_since"] == "2004-09-01"
    assert (row["specialisms"], row["languages"]) == ("biometrics; human_trafficking", "ar; fr")
    assert "serving_since" not in told.model_dump()


async def test_who_leaves_them_out_says_nothing_about_them(registration: Registration) -> None:
    course = await a_course(registration)
    first = await course.nominates("JO", 1, **BROUGHT)
    await course.points["JO"].post(f"/nominations/{first['id']}/withdrawal")

    again = await course.nominates("JO", 1, email="another@example.org")
    await course.points["JO"].post(f"/nominations/{again['id']}/withdrawal")
    without = await course.nominates("JO", 1, specialisms=[])

    kept = (await course.points["JO"].get(f"/persons/{first['person_id']}")).json()
    assert without["specialisms"] == kept["specialisms"] == []
    assert (kept["languages"], kept["serving_since"]) == (["fr", "ar"], "2004-09-01")
    assert again["specialisms"] == first["specialisms"]


async def test_years_of_service_are_personal(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1, **BROUGHT)
    auditor = registration.client("auditor")
    read = (await auditor.get(f"/calls/{course.call_id}/nominations")).json()["items"]

    await course.admin.post(f"/persons/{nominated['person_id']}/erasure")

    (kept,) = await registration.rows(nomination)
    everyone = await registration.rows(person)
    (gone,) = [row for row in everyone if str(row["id"]) == nominated["person_id"]]
    assert (read[0]["serving_since"], read[0]["languages"]) == (None, ["ar", "fr"])
    assert (kept["serving_since"], gone["serving_since"]) == (None, None)
    assert kept["languages"] == ["ar", "fr"]


def test_the_digest_is_as_before_where_no_quota_asks_for_more() -> None:
    pool = a_pool()

    digest = pool.digest

    brought = {**pool.candidates[0].traits, "language": ("fr", "ar"), "rank_band": "mid"}
    richer = replace(pool, candidates=(replace(pool.candidates[0], traits=brought),))
    assert digest == "f4710a47efb26474b8f65619c8144f58a57ce9e8f5cc728f27d0a68d490309d4"
    assert richer.digest == digest


def test_the_digest_holds_what_a_quota_asks_for() -> None:
    pool = a_pool(Quota("language", "fr", minimum=1))
    alike, other = (
        replace(pool.candidates[0], traits={**pool.candidates[0].traits, "language": spoken})
        for spoken in (("fr", "ar"), ("ar",))
    )

    digests = {replace(pool, candidates=(one,)).digest for one in (alike, other)}
    turned = replace(alike, traits={**alike.traits, "language": ("ar", "fr")})

    assert len(digests) == 2
    assert replace(pool, candidates=(turned,)).digest in digests


def a_pool(*quotas: Quota) -> Pool:
    """One officer, and the quotas of their party beside others."""
    officer = Candidate(an_id("n"), "JO", "JO-1", 1, {"sex": "female", "unit": "immigration"})
    return Pool("AMM-2018-01", 2, (Quota("party", "JO", 0, 2), *quotas), (officer,))
