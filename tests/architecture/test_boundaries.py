"""The boundaries of the code hold, and each is seen to catch a violation planted in a copy."""

from itertools import permutations

import pytest

from tests.architecture.conftest import Tree

SERVICES = ("registration", "scheduling", "notifications", "reporting")
INDEPENDENCE = "Services never import one another"
SHARED = "Shared knows no service"
DOMAIN = "Domain imports the standard library, calendar and solver only"
CONTRACTS = "Contracts import nothing but pydantic"


def test_every_boundary_holds(tree: Tree) -> None:
    verdict = tree.lint()

    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    for boundary in (INDEPENDENCE, SHARED, DOMAIN, CONTRACTS):
        assert f"{boundary} KEPT" in verdict.stdout


def test_service_that_imports_another_is_caught(tree: Tree) -> None:
    pairs = list(permutations(SERVICES, 2))
    for importer, imported in pairs:
        tree.plant(f"services/{importer}/planted_{imported}.py", f"import services.{imported}")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert f"{INDEPENDENCE} BROKEN" in verdict.stdout
    for importer, imported in pairs:
        planted = f"services.{importer}.planted_{imported} -> services.{imported}"
        assert planted in verdict.stdout


def test_service_that_reaches_another_through_shared_is_caught(tree: Tree) -> None:
    tree.plant("shared/planted.py", "import services.scheduling")
    tree.plant("services/registration/planted.py", "import shared.planted")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert f"{INDEPENDENCE} BROKEN" in verdict.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_shared_module_that_imports_a_service_is_caught(tree: Tree, service: str) -> None:
    tree.plant("shared/planted.py", f"import services.{service}")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert f"{SHARED} BROKEN" in verdict.stdout


@pytest.mark.parametrize(
    "framework",
    ["sqlalchemy", "fastapi", "starlette.requests", "pydantic", "structlog", "httpx", "holidays"],
)
def test_domain_that_imports_a_framework_is_caught(tree: Tree, framework: str) -> None:
    for service in SERVICES:
        tree.plant(f"services/{service}/domain/planted.py", f"import {framework}")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert f"{DOMAIN} BROKEN" in verdict.stdout
    for service in SERVICES:
        assert f"services.{service}.domain.planted imports" in verdict.stdout


def test_domain_that_imports_the_solver_past_its_one_module_is_caught(tree: Tree) -> None:
    tree.plant("services/registration/domain/planted.py", "import highspy")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert "services.registration.domain.planted imports highspy" in verdict.stdout
    assert "services.registration.domain.programs imports" not in verdict.stdout


def test_domain_that_imports_what_touches_a_database_is_caught(tree: Tree) -> None:
    tree.plant("services/registration/domain/planted.py", "import shared.database")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert "services.registration.domain.planted imports shared.database" in verdict.stdout


def test_calendar_that_brings_a_framework_into_domain_is_caught(tree: Tree) -> None:
    tree.plant("shared/calendar/planted.py", "import sqlalchemy")
    tree.plant("services/scheduling/domain/planted.py", "import shared.calendar.planted")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert "shared.calendar.planted imports sqlalchemy" in verdict.stdout


@pytest.mark.parametrize("module", ["structlog", "sqlalchemy", "shared.database"])
def test_contract_that_imports_more_than_pydantic_is_caught(tree: Tree, module: str) -> None:
    tree.plant("shared/contracts/planted.py", f"import {module}")

    verdict = tree.lint()

    assert verdict.returncode == 1
    assert f"{CONTRACTS} BROKEN" in verdict.stdout
    assert f"shared.contracts.planted imports {module}" in verdict.stdout
