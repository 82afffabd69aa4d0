"""settings.toml: read strictly, changed one line at a time, never overwritten while it is broken."""

import stat
from pathlib import Path

import pytest

from kneejournal.errors import Unreadable
from kneejournal.settings import LARGEST, Settings, read_settings, save_theme


@pytest.fixture
def path(home: Path) -> Path:
    return home / "config" / "settings.toml"


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_without_a_file_the_settings_are_the_apps_own(path: Path) -> None:
    assert read_settings(path) == Settings()
    assert not path.exists()


def test_theme_and_keys_are_read(path: Path) -> None:
    write(path, 'theme = "nord"\n\n[keys]\n"today.pain" = "f5"\n')
    assert read_settings(path) == Settings(theme="nord", keys={"today.pain": "f5"})


@pytest.mark.parametrize("keys", ['[keys]\ntoday.pain = "f5"', '[keys.today]\npain = "f5"', 'keys."today.pain" = "f5"'])
def test_an_id_may_stand_without_quotes(path: Path, keys: str) -> None:
    write(path, keys)
    assert read_settings(path).keys == {"today.pain": "f5"}


def test_a_byte_order_mark_and_windows_line_ends_are_read(path: Path) -> None:
    write(path, b'\xef\xbb\xbftheme = "nord"\r\n[keys]\r\n"today.pain" = "f5"\r\n')
    assert read_settings(path) == Settings(theme="nord", keys={"today.pain": "f5"})


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "no TOML": ('theme = "nord\n', "line 1"),
    "an unknown entry": ('them = "nord"\n', "an entry “them”"),
    "an unknown table": ("[colours]\nred = 1\n", "an entry “colours”"),
    "a theme that is a number": ("theme = 3\n", "“theme” is not a name in quotes"),
    "keys that are text": ('keys = "f5"\n', "[keys]"),
    "a key that is a number": ('[keys]\n"today.pain" = 5\n', "“today.pain” is not text"),
    "a key that is a list": ('[keys]\n"today.pain" = ["f5"]\n', "“today.pain” is not text"),
    "no UTF-8": (b'theme = "\xff"\n', "UTF-8"),
    "endless nesting": ("[keys]\na = " + "[" * 5000, "not valid TOML"),
    "another file": (b"x" * (LARGEST + 1), "larger than 100 kB"),
}


@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_with_what_to_do_and_never_overwritten(
    path: Path, content: str | bytes, said: str
) -> None:
    write(path, content)
    before = path.read_bytes()
    for use in (lambda: read_settings(path), lambda: save_theme(path, "nord")):
        with pytest.raises(Unreadable) as caught:
            use()
        message = str(caught.value)
        assert str(path) in message
        assert said in message
        assert message.endswith("Correct it or delete it; until then the app's own settings are used.")
        assert "\n" not in message
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_settings(path)


def test_the_first_theme_makes_a_private_file(path: Path) -> None:
    save_theme(path, "nord")
    assert path.read_text() == 'theme = "nord"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_another_theme_changes_its_line_and_leaves_the_others(path: Path) -> None:
    write(path, '# mine\ntheme = "nord"  # at night\n\n[keys]  # f5 is near\n"today.pain" = "f5"\n')
    save_theme(path, "dracula")
    assert path.read_text() == '# mine\ntheme = "dracula"\n\n[keys]  # f5 is near\n"today.pain" = "f5"\n'


def test_a_theme_is_written_above_the_tables(path: Path) -> None:
    write(path, '[keys]\n"today.pain" = "f5"\n')
    save_theme(path, "dracula")
    assert read_settings(path) == Settings(theme="dracula", keys={"today.pain": "f5"})


def test_a_theme_written_in_a_way_of_its_own_is_left_and_said(path: Path) -> None:
    write(path, 'theme = """\nnord"""\n')
    with pytest.raises(Unreadable, match='yourself: theme = "dracula"'):
        save_theme(path, "dracula")
    assert path.read_text() == 'theme = """\nnord"""\n'


def test_a_link_stays_a_link(path: Path, home: Path) -> None:
    target = home / "dotfiles.toml"
    target.write_text('theme = "nord"\n')
    path.parent.mkdir()
    path.symlink_to(target)
    save_theme(path, "dracula")
    assert path.is_symlink()
    assert target.read_text() == 'theme = "dracula"\n'
