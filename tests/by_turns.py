"""Which kind of database a test runs on: by turns one of the two, races on both.

What differs between the kinds stands in `shared/database`, whose tests run on both. Where this is
imported every command, handler and address is met by tests of either kind. `--both-databases` runs
each on both.
"""

import zlib

import pytest

KINDS = ("sqlite", "postgresql")
RACES = "both_databases"


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test its kind, by its name: the same in every run."""
    test = metafunc.definition
    if "database_kind" not in metafunc.fixturenames or metafunc.config.getoption(RACES):
        return
    chosen = any("database_kind" in mark.args for mark in test.iter_markers("parametrize"))
    if chosen or test.get_closest_marker(RACES):
        return
    name = f"{metafunc.module.__name__}.{metafunc.function.__name__}"
    mine = KINDS[zlib.crc32(name.encode()) % len(KINDS)]
    test.add_marker(pytest.mark.parametrize("database_kind", [mine], indirect=True))
