"""What was previewed is recorded once it is confirmed, whosever it is, and once."""

from services.registration.tables import (
    participation,
    person,
)
from shared.contracts.registration import (
    ParticipationRecorded,
    PersonDetailsChanged,
)
from tests.services.registration.building import Registration
from tests.services.registration.course import a_course
from tests.services.registration.past.files import (
    a_file,
    an_officer_of,
    confirms,
    rows_of,
    sends,
    withdraws,
)


async def test_the_same_file_twice_changes_nothing(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    content = a_file("1;JO-001;;Analyse;juin 2017;réussi")
    read = await sends(registration, course.points["JO"], content)
    await confirms(registration, course.points["JO"], read)
    before = await registration.rows(participation)
    await registration.said()

    again = await sends(registration, course.points["JO"], content, name="other.csv")
    longer = await sends(
        registration,
        course.points["JO"],
        a_file("1;JO-001;;Analyse;juin 2017;réussi", "2;JO-001;;B;2016;oui"),
    )
    preview = await rows_of(course.points["JO"], longer)
    added = await confirms(registration, course.points["JO"], longer)

    assert (again["id"], again["state"]) == (read["id"], "done")
    assert [one["state"] for one in preview] == ["known", "matched"]
    assert added["result"]["recorded"] == 1
    assert added["result"]["known_already"] == 1
    rows = await registration.rows(participation)
    assert len(rows) == 2
    assert before[0] in rows
    assert len(await registration.said(ParticipationRecorded)) == 1


async def test_every_bad_row_is_named_and_nothing_is_imported(registration: Registration) -> None:
    course = await a_course(registration)
    await an_officer_of(course, 1)
    content = a_file(
        "1;JO-001;;Analyse;14/10/1438;réussi",
        "2;JO-001;;Analyse;hier;peut-être",
        "3;;;Analyse;28/06/2017;réussi",
        "4;JO-001;;;01/07/2019;réussi",
        "5;JO-001;????;Analyse;28/06/2017;réussi",
    )
    read = await sends(registration, course.points["JO"], content)

    refused = await course.points["JO"].post(f"/history/imports/{read['id']}/confirmation", json={})

    assert (refused.status_code, refused.json()["code"]) == (422, "import-has-bad-rows")
    assert [(one["path"], one["code"]) for one in refused.json()["errors"]] == [
        ("row 2, column E (held_on)", "date-is-hijri"),
        ("row 3, column E (held_on)", "date-not-readable"),
        ("row 3, column F (outcome)", "outcome-unknown"),
        ("row 4", "name-incomplete"),
        ("row 5, column D (title)", "value-missing"),
        ("row 5, column E (held_on)", "date-in-future"),
        ("row 6, column C (full_name)", "name-lost-in-conversion"),
    ]
    assert await registration.rows(participation) == []
    done = await confirms(registration, course.points["JO"], read, leave_out_faulty=True)
    assert done["result"] == {
        "recorded": 0,
        "officers_created": 0,
        "known_already": 0,
        "left_out": 5,
    }


async def test_a_name_alone_only_suggests_and_a_person_decides(registration: Registration) -> None:
    course = await a_course(registration)
    names = [{"script": "Latn", "given": "Mohamed", "family": "Al-Haddad"}]
    arabic = [{"script": "Arab", "given": "أحمد", "family": "الخطيب"}]
    first = await an_officer_of(course, 1, names=names)
    second = await an_officer_of(course, 2, names=arabic)
    jordan = course.points["JO"]
    content = a_file(
        "Muhammad Hadad;;Analyse;2017;oui",
        ";احمد الخطيب;Analyse;2017;oui",
        "Somebody Else;;Analyse;2017;oui",
        "Somebody Else;;Other;2016;oui",
        header="Name;الاسم الكامل;Course;Year;Result",
    )
    read = await sends(registration, jordan, content)
    rows = await rows_of(jordan, read)

    undecided = await jordan.post(f"/history/imports/{read['id']}/confirmation", json={})
    path = f"/history/imports/{read['id']}/decisions"
    wrong = await jordan.post(
        path, json={"decisions": [{"row": 2, "decision": "is", "person_id": read["id"]}]}
    )
    decided = await jordan.post(
        path,
        json={
            "accept_same_names": True,
            "decisions": [{"row": 2, "decision": "is", "person_id": first}],
        },
    )
    done = await confirms(registration, jordan, read, create_officers={"language": "ar"})

    assert [one["state"] for one in rows] == ["suggested", "suggested", "unknown", "suggested"]
    assert [one["suggestions"][0]["person_id"] for one in rows[:2]] == [first, second]
    assert rows[1]["suggestions"][0]["likeness"] == 1
    assert rows[3]["suggestions"][0]["row"] == 4
    assert undecided.json()["code"] == "officers-are-undecided"
    assert [one["path"] for one in undecided.json()["errors"]] == ["row 2", "row 3", "row 5"]
    assert wrong.json()["errors"][0]["code"] == "officer-not-known"
    assert decided.json()["standing"]["decided"] == 3
    assert done["result"] == {
        "recorded": 4,
        "officers_created": 1,
        "known_already": 0,
        "left_out": 0,
    }
    whose = [str(one["person_id"]) for one in await registration.rows(participation)]
    assert sorted(map(whose.count, set(whose))) == [1, 1, 2]


async def test_unknown_officers_are_created_only_when_asked(registration: Registration) -> None:
    course = await a_course(registration)
    jordan = course.points["JO"]
    content = a_file("1;JO-900;HADDAD Rania;Analyse;2017;oui", "2;JO-900;HADDAD Rania;B;2016;oui")
    known = len(await registration.rows(person))
    not_asked = await confirms(registration, jordan, await sends(registration, jordan, content))
    none = await registration.rows(participation)
    await withdraws(registration, jordan, not_asked)
    await registration.said()

    asked = await confirms(
        registration,
        jordan,
        await sends(registration, jordan, content),
        create_officers={"language": "ar"},
    )

    assert (not_asked["result"]["left_out"], none) == (2, [])
    assert (asked["result"]["officers_created"], asked["result"]["recorded"]) == (1, 2)
    created = [one for one in await registration.rows(person) if one["names"]][known:]
    (details,) = await registration.said(PersonDetailsChanged)
    assert [one["officer_reference"] for one in created] == ["JO-900"]
    assert [(one.given, one.family) for one in details.names] == [("Rania", "HADDAD")]


async def test_a_coordinator_imports_for_several_parties(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("JO", 1)
    await course.nominates("TN", 1)
    header = "Reference;Pays;Cours;Année;Résultat"
    content = a_file(
        "JO-001;Jordanie;Analyse;2017;oui",
        "TN-001;Tunisia;Analyse;2017;oui",
        "TN-001;EG;Analyse;2017;oui",
        header=header,
    )

    read = await sends(registration, course.coordinator, content, party=None)
    done = await confirms(registration, course.coordinator, read, leave_out_faulty=True)
    listed = await course.points["JO"].get("/history/imports")

    assert done["standing"]["decided"] == 0
    assert (done["result"]["recorded"], done["result"]["left_out"]) == (2, 1)
    assert listed.json()["items"] == []
