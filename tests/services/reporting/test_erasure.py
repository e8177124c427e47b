"""Forgetting a person: a receipt, once; the coded figures and the archived id stay."""

from services.reporting.tables import archive
from shared.contracts.registration import ErasureStated, PersonErased
from shared.tables import tombstone
from tests.services.reporting.building import Reporting
from tests.services.reporting.facts import ACTIVITY, an_id
from tests.services.reporting.small_course import AMAL, small_course

ERASED = PersonErased(person_id=an_id("Amal"))


async def test_erasure_is_confirmed_once_however_often_it_is_asked_for(
    reporting: Reporting,
) -> None:
    (body,) = await reporting.hears(ERASED)

    await reporting.receives(ERASED.type, body)
    await reporting.hears(ERASED)
    await reporting.hears(ErasureStated(person_id=an_id("Amal")))

    assert await reporting.said() == ["reporting.erasure.confirmed.v1"]
    assert [row["person_id"] for row in await reporting.rows(tombstone)] == [an_id("Amal")]


async def test_figures_stay_as_they_were_when_a_person_is_erased(reporting: Reporting) -> None:
    await reporting.hears(*small_course())
    async with reporting.client("admin") as admin:
        before = (await admin.get(f"/activities/{ACTIVITY}/participation")).json()
        await reporting.hears(ERASED, AMAL.attended(27))
        after = (await admin.get(f"/activities/{ACTIVITY}/participation")).json()

    assert after["overall"] == before["overall"]
    assert after["by_days"][4]["women"] == 1
    assert an_id("Amal") in {row["person_id"] for row in await reporting.rows(archive)}
