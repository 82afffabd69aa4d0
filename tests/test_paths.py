"""The user's own folders are where platformdirs has them, however they are found."""

import sys
from pathlib import Path

import platformdirs
import pytest

from kneejournal.errors import Unreadable
from kneejournal.paths import find_places

VARIABLES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "ANDROID_DATA")


@pytest.mark.parametrize("home", ["/home/runner", "/home/runner/", "/", "//odd", "", "relative", None])
@pytest.mark.parametrize("data", [None, "", "/data", "/data/", "/d a t a/../b", " ", "relative", "~/data"])
@pytest.mark.parametrize("config", [None, "/config"])
def test_the_folders_are_those_of_platformdirs(
    home: str | None, data: str | None, config: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in zip(VARIABLES, (home, data, config, None), strict=True):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    places = find_places(None)
    assert places.data == Path(platformdirs.user_data_dir("kneejournal", appauthor=False))
    assert places.settings.parent == Path(platformdirs.user_config_dir("kneejournal", appauthor=False))
    assert places.journal == (places.data / "journal.json").absolute()
    assert places.is_own_folder


@pytest.mark.parametrize("platform", ["darwin", "win32", "freebsd14"])
def test_elsewhere_platformdirs_is_asked(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: "/asked/data")
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: "/asked/config")
    places = find_places(None)
    assert (places.data, places.settings) == (Path("/asked/data"), Path("/asked/config/settings.toml"))


def test_a_named_journal_leaves_the_other_places_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = find_places(None)
    named = find_places(str(tmp_path / "j.json"))
    assert (named.data, named.settings, named.is_own_folder) == (own.data, own.settings, False)
    monkeypatch.setenv("KNEEJOURNAL_FILE", str(tmp_path / "other.json"))
    assert find_places(None).journal == tmp_path / "other.json"
    assert find_places(str(tmp_path / "j.json")) == named
    with pytest.raises(Unreadable, match="name is empty"):
        find_places(" ")
