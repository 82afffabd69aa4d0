"""The short form of these tests by default, the full one with `pytest tests/torture --torture`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.torture.rig import REPOSITORY, Home

collect_ignore_glob = ["test_*.py"] if os.name == "nt" else []
"""Kills, modes, links and limits are those of POSIX systems."""

Scale = Callable[[int, int], int]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="The full counts: an hour rather than a minute.")


@pytest.fixture(scope="session")
def is_full(request: pytest.FixtureRequest) -> bool:
    """Whether the full form was asked for."""
    return bool(request.config.getoption("--torture", default=False))


@pytest.fixture(scope="session")
def scale(is_full: bool) -> Scale:
    """Picks a count: the first in the short form, the second in the full one."""
    return lambda short, full: full if is_full else short


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that nobody lives in, and the folder of a journal."""
    return Home(tmp_path)


@pytest.fixture
def figure(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says what was reached: as a property of the test's report, and on the terminal with -s."""

    def say(text: str) -> None:
        record_property("figure", text)
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            os.write(1, f"\n    {text}\n".encode())

    return say


@pytest.fixture(scope="session", autouse=True)
def _children_find_this_repository() -> Iterator[None]:
    """Every process that a test starts is to run the code beside these tests, whatever is installed."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    yield
    if before is None:
        os.environ.pop("PYTHONPATH")
    else:
        os.environ["PYTHONPATH"] = before
