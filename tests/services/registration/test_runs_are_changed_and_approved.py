"""What a run proposes is changed with a reason, and approved by a second person."""

from services.registration.tables import nomination
from shared.contracts.registration import SelectionRunApproved, SelectionRunOverridden
from tests.services.registration.building import Registration
from tests.services.registration.runs import (
    WHY,
    a_full_course,
    a_run,
    a_second_coordinator,
    changes,
    references,
    shown,
    step,
)


async def test_an_override_keeps_the_quotas_unless_the_missed_one_is_listed(
    registration: Registration,
) -> None:
    course = await a_full_course(registration, women_minimum=1)
    run = await a_run(course)
    (woman,) = references(run) & {"JO-002", "TN-002"}
    listed = [{"dimension": "sex", "value": "female", "bound": "minimum"}]
    await registration.said()

    unlisted = await changes(course, run, woman, "JO-003")
    nobody = await changes(course, run, "JO-003", "TN-003")
    chosen_already = await changes(course, run, None, woman)
    too_many = await changes(course, run, None, "TN-003")
    changed = await changes(course, run, woman, "JO-003", misses=listed)

    assert unlisted.json()["code"] == "override-misses-quota"
    assert unlisted.json()["errors"][0]["path"] == "sex.female"
    assert nobody.json()["code"] == "officer-is-not-in-the-panel"
    assert chosen_already.json()["code"] == "officer-is-not-waiting"
    assert too_many.json()["errors"][0]["path"] == "seats"
    assert changed.status_code == 201
    assert references(changed.json()) == references(run) - {woman} | {"JO-003"}
    (override,) = changed.json()["overrides"]
    assert (override["reason"], override["missed"]) == (WHY, ["sex.female.minimum"])
    (said,) = await registration.said(SelectionRunOverridden)
    assert said.overrides == 1
    assert WHY not in said.model_dump_json()


async def test_what_was_changed_is_approved_by_a_second_person(
    registration: Registration,
) -> None:
    course = await a_full_course(registration)
    second = await a_second_coordinator(course)
    run = await a_run(course)
    await changes(course, run, "JO-001", "JO-002")
    await registration.said()

    unapproved = await step(course, run, "conclusion", second)
    by_themself = await step(course, run, "approval")
    approved = await step(course, run, "approval", second)
    concluded = await step(course, run, "conclusion")

    assert unapproved.json()["code"] == "approval-is-missing"
    assert by_themself.json()["code"] == "approver-is-the-proposer"
    assert approved.json()["state"] == "approved"
    assert approved.json()["approved_by"] != approved.json()["made_by"]
    assert concluded.json()["state"] == "concluded"
    assert (await course.standing())["JO-002"] == "selected"
    assert (await course.standing())["JO-001"] == "waitlisted"
    assert [type(one) for one in await registration.said(SelectionRunApproved)] == [
        SelectionRunApproved
    ]


async def test_words_about_an_erased_officer_go_with_them(registration: Registration) -> None:
    course = await a_full_course(registration)
    run = await a_run(course)
    changed = await changes(course, run, "JO-001", "JO-002")
    person_id = next(
        row["person_id"]
        for row in await registration.rows(nomination)
        if row["officer_reference"] == "JO-001"
    )

    await course.admin.post(f"/persons/{person_id}/erasure")

    after = await shown(course, run["id"])
    assert changed.json()["overrides"][0]["reason"] == WHY
    assert after["overrides"][0]["reason"] is None
    assert after["pool_stands"] is False


async def test_a_change_after_the_approval_is_approved_anew(registration: Registration) -> None:
    course = await a_full_course(registration)
    second = await a_second_coordinator(course)
    run = await a_run(course)
    await step(course, run, "approval", second)

    changed = await changes(course, run, "JO-001", "JO-002")
    refused = await step(course, run, "conclusion")

    assert (changed.json()["state"], changed.json()["approved_by"]) == ("proposed", None)
    assert refused.json()["code"] == "approval-is-missing"
