"""Pages: forms that do what the API does, and show to each reader what is theirs."""

from shared.contracts.registration import SeatOffered
from tests.services.registration.building import Registration
from tests.services.registration.course import ACTIVITY, AFTER_THE_DEADLINE, Course, a_course


async def page(course: Course, who: str, **form: str) -> str:
    """The page of the call as one sees it, after sending the form of one officer."""
    person = course.coordinator if who == "coordinator" else course.points[who]
    if form:
        address = f"/calls/{course.call_id}/page/nomination"
        answer = await person.post(address, data=form)
        assert answer.status_code == 303, answer.text
    return (await person.get(f"/calls/{course.call_id}/page")).text


def a_form(number: int, **other: str) -> dict[str, str]:
    """The fields of the form of one officer."""
    return {
        "party": "JO",
        "given_name": f"Given {number}",
        "family_name": "Family",
        "officer_reference": f"JO-{number:03}",
        "priority": str(number),
        "sex": "female",
        "unit": "immigration",
        "language": "ar",
        **other,
    }


async def test_a_focal_point_nominates_on_the_page(registration: Registration) -> None:
    course = await a_course(registration)

    shown = await page(course, "JO", **a_form(1, given_name_ar="رانيا", family_name_ar="حداد"))
    refused = await course.points["JO"].post(
        f"/calls/{course.call_id}/page/nomination", data=a_form(2, priority="1", email="kept@x.org")
    )
    control = await course.points["JO"].post(
        f"/calls/{course.call_id}/page/nomination", data=a_form(3, given_name="a\x07b")
    )

    assert "رانيا حداد" in shown
    assert refused.status_code == 409
    assert "Another nomination of the party has this priority" in refused.text
    assert "kept@x.org" in refused.text
    assert control.status_code in (400, 422)


BROUGHT = {
    "specialisms.biometrics": "yes",
    "specialisms.money_trail": "yes",
    "languages.fr": "yes",
    "serving_since": "2004",
    "declaration": "2018-1",
    "declared_on": "2018-03-30",
}


async def test_what_an_officer_brings_is_entered_and_shown_on_the_page(
    registration: Registration,
) -> None:
    quotas = [{"dimension": "specialism", "value": "money_trail", "minimum": 0, "maximum": 1}]
    rules = {"declaration": "2018-1", "years_minimum": 3, "any_language": ["fr", "pt"]}
    course = await a_course(registration, quotas=quotas, eligibility=rules)
    jordan, address = course.points["JO"], f"/calls/{course.call_id}/page/nomination"

    form = (await jordan.get(f"/calls/{course.call_id}/page")).text
    shown = await page(course, "JO", **a_form(1, **BROUGHT))
    bad = {**BROUGHT, "serving_since": "soon", "declared_on": ""}
    faulty = await jordan.post(address, data=a_form(2, **bad))
    junior = {**BROUGHT, "serving_since": "2017"}
    unfit = await jordan.post(address, data=a_form(2, **junior))
    again = {name: text for name, text in BROUGHT.items() if name.startswith("decl")}
    (nominated,) = (await jordan.get(f"/calls/{course.call_id}/nominations")).json()["items"]
    await jordan.post(f"/nominations/{nominated['id']}/withdrawal")
    later = await jordan.post(address, data=a_form(1, **again))

    for name in ("specialisms.money_trail", "languages.pt"):
        assert f'name="{name}"' in form
    assert form.count("counts in this call") == 4
    assert nominated["specialisms"] == ["biometrics", "money_trail"]
    assert (nominated["languages"], nominated["serving_since"]) == (["ar", "fr"], "2004-01-01")
    assert nominated["declaration"] == {"version": "2018-1", "signed_on": "2018-03-30"}
    for words in (
        "biometrics, money_trail",
        "Arabic, French",
        "1 Jan 2004",
        "2018-1 · 30 Mar 2018",
    ):
        assert words in shown, words
    assert (faulty.status_code, unfit.status_code, later.status_code) == (422, 422, 303)
    wrong = "new-serving_since-wrong", "new-declared_on-wrong"
    assert [one in faulty.text for one in wrong] == [True, True]
    assert "nor a year" in faulty.text
    assert 'name="specialisms.biometrics" value="yes" checked' in faulty.text
    assert 'id="new-serving_since-wrong"' in unfit.text


async def test_a_roster_on_the_page_is_answered_row_by_row(registration: Registration) -> None:
    course = await a_course(registration)
    header = b"officer_reference,given_name,family_name,sex,unit,language,priority\n"
    address = f"/calls/{course.call_id}/page/roster"

    bad = await course.points["JO"].post(
        address, data={"party": "JO"}, files={"roster": ("r.csv", header + b"X,,B,f,ncb,ar,1\n")}
    )
    good = await course.points["JO"].post(
        address, data={"party": "JO"}, files={"roster": ("r.csv", header + b"X,A,B,f,ncb,ar,1\n")}
    )
    foreign = await course.points["JO"].post(
        address, data={"party": "TN"}, files={"roster": ("r.csv", header + b"Y,A,B,f,ncb,ar,1\n")}
    )
    without = await course.points["JO"].post(address, data={"party": "JO"})

    assert bad.status_code == 422
    assert "This cell must not be empty." in bad.text
    assert (good.status_code, foreign.status_code, without.status_code) == (303, 404, 422)
    assert good.headers["location"].endswith("/page?done=uploaded")


async def test_another_party_is_never_on_the_page(registration: Registration) -> None:
    course = await a_course(registration)
    await course.nominates("TN", 1, names=[{"script": "Latn", "given": "Amira", "family": "Ben"}])

    jordanian, everyones = await page(course, "JO"), await page(course, "coordinator")

    assert "Amira" not in jordanian
    assert "TN" not in jordanian
    assert "Tunisia" not in jordanian
    assert "Amira Ben" in everyones


async def test_what_people_are_called_is_never_markup(registration: Registration) -> None:
    course = await a_course(registration)
    name = {"script": "Latn", "given": "<script>alert(1)</script>", "family": '"><img src=x>'}
    await course.nominates("JO", 1, names=[name])

    shown = await page(course, "coordinator")

    assert "<script>" not in shown
    assert "<img" not in shown
    assert "<bdi>&lt;script&gt;" in shown


async def test_a_coordinator_selects_on_the_page(registration: Registration) -> None:
    course = await a_course(registration, women_minimum=1)
    await course.nominates("JO", 1)
    address = f"/calls/{course.call_id}/page/selection"

    early = await course.coordinator.post(address)
    await course.selects()
    refused = await course.coordinator.post(address, headers={"Accept-Language": "ar"})

    assert early.status_code == 409
    assert "Nominations are still taken" in early.text
    assert refused.status_code == 409
    assert "لا يوجد اختيار يحترم جميع الحصص" in refused.text


async def test_a_focal_point_withdraws_answers_and_replaces_on_the_page(
    registration: Registration,
) -> None:
    course = await a_course(registration, seats=0)
    described = {"kind": "country", "names": {"en": "Jordan"}, "contact_directly": False}
    await course.admin.put("/parties/JO", json=described, headers={"If-Match": '"1"'})
    course = await _opened(course)
    chosen = [await course.nominates("JO", number) for number in (1, 2)]
    await course.selects()
    jordan = course.points["JO"]

    offered = await page(course, "JO")
    done = [
        await jordan.post(f"/nominations/{chosen[0]['id']}/page/answer", data={"answer": "accept"}),
        await jordan.post(f"/nominations/{chosen[0]['id']}/page/replacement", data=a_form(3)),
        await jordan.post(f"/nominations/{chosen[1]['id']}/page/withdrawal"),
    ]
    again = await jordan.post(f"/nominations/{chosen[1]['id']}/page/withdrawal")

    assert offered.count('value="accept"') == 2
    assert [one.status_code for one in done] == [303] * 3
    assert again.status_code == 409
    assert await course.standing() == {
        "JO-001": "replaced",
        "JO-002": "withdrawn",
        "JO-003": "selected",
    }
    assert len(await registration.said(SeatOffered)) == 3


async def test_an_answer_asked_for_again_leads_to_the_page(registration: Registration) -> None:
    course = await a_course(registration)
    nominated = await course.nominates("JO", 1)
    jordan = course.points["JO"]

    of_call = await jordan.get(f"/calls/{course.call_id}/page/roster?lang=ar")
    of_nomination = await jordan.get(f"/nominations/{nominated['id']}/page/withdrawal")
    foreign = await course.points["TN"].get(f"/nominations/{nominated['id']}/page/withdrawal")

    assert of_call.headers["location"] == f"/calls/{course.call_id}/page?lang=ar"
    assert of_nomination.headers["location"] == f"/calls/{course.call_id}/page"
    assert foreign.status_code == 404


async def test_the_overview_lists_what_concerns_the_reader(registration: Registration) -> None:
    course = await a_course(registration, parties=[{"party": "JO"}])

    jordanian, tunisian = await course.points["JO"].get("/"), await course.points["TN"].get("/")
    arabic = await course.coordinator.get("/?lang=ar")

    assert "AMM-2018-01" in jordanian.text
    assert "There are no calls for you at present." in tunisian.text
    assert 'dir="rtl"' in arabic.text
    assert "مكافحة الاتجار بالبشر" in arabic.text


async def _opened(course: Course) -> Course:
    body = {
        "activity_id": str(ACTIVITY),
        "seats": 2,
        "parties": [{"party": "JO"}, {"party": "TN"}],
        "deadline": {"local": "2018-05-10T16:00:00", "zone": "Asia/Amman"},
        "answer_working_days": 5,
    }
    course.call_id = (await course.coordinator.post("/calls", json=body)).json()["id"]
    return course


async def test_the_conditions_of_a_call_are_in_the_reader_s_words(
    registration: Registration,
) -> None:
    quotas = [
        {"dimension": "language", "value": "fr", "minimum": 1},
        {"dimension": "specialism", "value": "biometrics", "minimum": 1},
        {"dimension": "rank_band", "value": "senior", "maximum": 1},
        {"dimension": "first_time", "value": "yes", "minimum": 1},
    ]
    rules = {
        "rank_bands": ["mid", "senior"],
        "years_minimum": 4,
        "first_time_only": True,
        "all_languages": ["ar"],
    }
    course = await a_course(registration, quotas=quotas, eligibility=rules)

    address = f"/calls/{course.call_id}/page?lang="
    english = (await course.coordinator.get(f"{address}en")).text
    french = (await course.points["JO"].get(f"{address}fr")).text

    for words in (
        *("Language:", "French", "Arabic", "Specialism:", "biometrics", "Rank band:", "senior"),
        *("First-time participants", "The officer takes part for the first time."),
    ):
        assert words in english, words
    assert "Le grade de l’agent est d’un niveau demandé par l’appel." in french
    assert "Participants pour la première fois" in french
    assert "français" in french
    assert "True" not in french


async def test_what_cannot_be_met_is_named_in_words_in_every_dimension(
    registration: Registration,
) -> None:
    quotas = [
        {"dimension": "language", "value": "fr", "minimum": 1},
        {"dimension": "specialism", "value": "biometrics", "minimum": 1},
        {"dimension": "rank_band", "value": "senior", "minimum": 1},
        {"dimension": "first_time", "value": "yes", "minimum": 1},
    ]
    course = await a_course(registration, quotas=quotas)
    await registration.moves_to(AFTER_THE_DEADLINE)

    address = f"/calls/{course.call_id}/page/selection?lang=fr"
    refused = await course.coordinator.post(address)
    told = await course.coordinator.get(f"/calls/{course.call_id}/feasibility?lang=fr")

    notice = refused.text.partition('role="alert"')[2].partition("</div>")[0]
    every = " ".join(one["words"] for one in told.json()["relaxations"])
    for words in ("français", "biométrie", "Niveau de grade", "Participants pour la première"):
        assert words in notice, words
        assert words in every, words
    for code in ("senior<", "first_time", "rank_band", "<bdi>fr<", "<bdi>yes<"):
        assert code not in notice, code
