"""The documentation of an API says all that it takes and answers, and loads nothing from afar."""

import re
from pathlib import Path

import pytest

from services.embedded.house import build_house
from services.embedded.installation import make_installation
from shared.web.body import Taken
from shared.web.openapi_30 import as_openapi_30
from shared.web.problems import FieldsAreNotValid, documented
from shared.web.versions import VersionHasMoved
from tests.shared.web.diary import SERVICE, Diary, open_diary
from tests.shared.web.open_api import faults, operations

SERVICES = ("registration", "scheduling", "notifications", "reporting")


async def test_page_of_the_documentation_loads_only_what_the_service_serves(diary: Diary) -> None:
    page = await diary.client.get("/docs")

    loaded = re.findall(r"(?:src|href)=[\"']([^\"']*)", page.text)
    assert len(loaded) == 3
    assert "//" not in page.text.replace("// `SwaggerUIBundle`", "")
    for address in loaded:
        assert address.startswith(f"/{SERVICE}/docs/assets/")
        asset = await diary.client.get(address.removeprefix(f"/{SERVICE}"))
        assert asset.status_code == 200
        assert len(asset.content) > 500
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert '"validatorUrl": null' in page.text


def test_page_is_told_in_the_words_it_knows() -> None:
    told = as_openapi_30(
        {
            "openapi": "3.1.0",
            "components": {
                "schemas": {
                    "const": {"const": "1.0"},
                    "Text": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "null"}]},
                    "Other": {"anyOf": [{"$ref": "#/x"}, {"type": "null"}], "default": None},
                    "Several": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                    "Number": {"exclusiveMinimum": 0, "exclusiveMaximum": 5, "type": "integer"},
                    "Pair": {"prefixItems": [{"type": "string"}], "type": "array"},
                    "Thing": {"properties": {"anyOf": {"type": "null"}, "items": {"const": 1}}},
                }
            },
        }
    )

    assert told["openapi"] == "3.0.3"
    assert told["components"]["schemas"] == {
        "const": {"enum": ["1.0"]},
        "Text": {"type": "string", "maxLength": 3, "nullable": True},
        "Other": {"anyOf": [{"$ref": "#/x"}], "default": None, "nullable": True},
        "Several": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "Number": {
            "minimum": 0,
            "exclusiveMinimum": True,
            "maximum": 5,
            "exclusiveMaximum": True,
            "type": "integer",
        },
        "Pair": {"type": "array", "items": {"anyOf": [{"type": "string"}]}},
        "Thing": {
            "properties": {
                "anyOf": {"type": "string", "nullable": True, "enum": [None]},
                "items": {"enum": [1]},
            }
        },
    }


async def test_page_shows_every_address_of_the_document(diary: Diary) -> None:
    shown = (await diary.client.get("/docs/openapi.json")).json()

    document = (await diary.client.get("/openapi.json")).json()
    assert shown["paths"].keys() == document["paths"].keys()
    assert shown["openapi"].startswith("3.0.")
    assert "/docs/openapi.json" in (await diary.client.get("/docs")).text


async def test_assets_are_served_from_their_folder_alone(diary: Diary) -> None:
    for path in (
        "/docs/assets/../x",
        "/docs/assets/%2e%2e/__init__.py",
        "/docs/assets/",
        "/docs/x",
    ):
        assert (await diary.client.get(path)).status_code == 404


async def test_document_is_whole_and_public(diary: Diary) -> None:
    answer = await diary.client.get("/openapi.json")

    document = answer.json()
    assert answer.status_code == 200
    assert faults(document) == []
    assert document["servers"] == [{"url": f"/{SERVICE}"}]


async def test_gap_in_a_document_is_noticed(diary: Diary) -> None:
    document = (await diary.client.get("/openapi.json")).json()
    del document["components"]["schemas"]["WriteEntry"]
    del document["paths"]["/entries"]["post"]["description"]
    document["paths"]["/entries/{entry_id}"]["put"]["parameters"].clear()
    responses = document["paths"]["/entries"]["get"]["responses"]
    responses["422"] = {"description": "x", "content": {"application/json": {}}}

    found = "; ".join(faults(document))

    assert "nothing stands at #/components/schemas/WriteEntry" in found
    assert "post /entries: no words" in found
    assert "put /entries/{entry_id}: parameters {'entry_id'}" in found
    assert "get /entries: 422 is no problem" in found


async def test_document_says_what_a_body_holds_and_that_nothing_else_is_taken(
    diary: Diary,
) -> None:
    document = (await diary.client.get("/openapi.json")).json()

    body = document["paths"]["/entries"]["post"]["requestBody"]
    schemas = document["components"]["schemas"]
    assert body["required"] is True
    assert body["content"]["application/json"]["schema"]["$ref"].endswith("/WriteEntry")
    assert set(schemas["WriteEntry"]["required"]) == {"words", "number", "mood", "on"}
    assert schemas["WriteEntry"]["additionalProperties"] is False
    assert schemas["Line"]["required"] == ["body", "path"]


async def test_document_names_every_refusal_of_an_address(diary: Diary) -> None:
    document = (await diary.client.get("/openapi.json")).json()

    post = document["paths"]["/entries"]["post"]["responses"]
    put = document["paths"]["/entries/{entry_id}"]["put"]["responses"]
    assert "`diary-is-full`: There is no page left." in post["409"]["description"]
    assert "`not-known-yet`" in post["409"]["description"]
    assert "`version-has-moved`" in put["412"]["description"]
    assert "`version-is-missing`" in put["428"]["description"]
    for _, _, operation in operations(document):
        assert operation["responses"]["default"]["content"].keys() == {"application/problem+json"}


async def test_document_says_where_no_signing_in_is_needed(diary: Diary) -> None:
    document = (await diary.client.get("/openapi.json")).json()

    public = {path for path, _, one in operations(document) if one.get("security") == []}
    assert public == {"/health/live", "/health/ready", "/shared/{code}"}
    assert document["security"] == [{"token": []}]


async def test_story_is_documented_only_where_there_is_one(database_url: str) -> None:
    async with open_diary(database_url) as plain:
        document = (await plain.client.get("/openapi.json")).json()
        assert "/story" not in document["paths"]
        assert (await plain.ask("GET", "/story", role="admin")).status_code == 404
        assert (await plain.ask("PUT", "/story", role="admin", json={})).status_code == 404


def test_refusals_of_one_status_are_documented_together() -> None:
    responses = documented(VersionHasMoved, FieldsAreNotValid)

    assert list(responses) == [412, 422]
    assert responses[412]["description"] == (
        "`version-has-moved`: Somebody changed this after you read it."
    )


@pytest.fixture
async def documents(tmp_path: Path) -> dict[str, dict[str, object]]:
    """The OpenAPI document of every service, as an installation serves it."""
    house = await build_house(make_installation(tmp_path, None), "http://127.0.0.1:9", port=None)
    made = {name: service.api.openapi() for name, service in house.services.items()}
    await house.stop()
    return made


@pytest.mark.gate
async def test_documents_of_all_services_are_whole(
    documents: dict[str, dict[str, object]],
) -> None:
    assert set(documents) == set(SERVICES)
    for document in documents.values():
        assert faults(document) == []


@pytest.mark.gate
async def test_body_of_one_name_is_one_thing_in_all_of_a_service(
    documents: dict[str, dict[str, object]],
) -> None:
    def below(kind: type[Taken]) -> list[type[Taken]]:
        return [one for sub in kind.__subclasses__() for one in (sub, *below(sub))]

    for name, document in documents.items():
        bodies = [one for one in below(Taken) if one.__module__.startswith(f"services.{name}.")]
        names = [one.__name__ for one in bodies]
        schemas = document["components"]["schemas"]  # type: ignore[index]
        assert sorted(names) == sorted(set(names))
        for body in bodies:
            if body.__name__ in schemas:
                assert schemas[body.__name__].get("additionalProperties") is False, body
