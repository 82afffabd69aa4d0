"""Keys of one's own: what cannot be used is said and left out, and no action is ever without a key."""

from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static

from kneejournal.app import KneejournalApp
from kneejournal.keys import bindings_of, key_shown
from kneejournal.own_keys import check_keys, key_named, own_screens
from kneejournal.pages import PAGES
from kneejournal.screens.pain_dialog import PainDialog
from kneejournal.screens.today import TodayScreen
from kneejournal.widgets.key_footer import KeyFooter
from kneejournal.widgets.nav_bar import NavBar
from tests.domain.stories import TODAY, at
from tests.support import new_journal, places_in

NODES: list[type[Any]] = [KneejournalApp, *own_screens()]


def own_bindings(node: type[Any]) -> list[Binding]:
    return list(Binding.make_bindings(node.__dict__.get("BINDINGS", ())))


def app_with(home: Path, settings: str) -> KneejournalApp:
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    journal, _ = new_journal(at(TODAY, 20))
    return KneejournalApp(journal, places_in(home))


def checked(**wanted: str) -> tuple[dict[str, str], tuple[str, ...]]:
    names = {name.replace("__", ".").replace("_", "-"): key for name, key in wanted.items()}
    return check_keys(names, KneejournalApp, list(own_screens()))


def screen_text(screen: Screen[Any]) -> str:
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_every_binding_of_a_screen_has_an_id_and_words(node: type[Any]) -> None:
    for binding in own_bindings(node):
        assert binding.id, f"{node.__name__}: {binding.key} has no id"
        assert binding.description, f"{node.__name__}: {binding.key} has no description"


def test_an_id_is_one_action_and_only_a_subclass_gives_it_again() -> None:
    owners: dict[str, type[Any]] = {}
    for node in NODES:
        for binding in own_bindings(node):
            owner = owners.setdefault(str(binding.id), node)
            assert issubclass(node, owner), f"{binding.id} is of {owner.__name__} and of {node.__name__}"
            actions = {other.action for other in own_bindings(node) if other.id == binding.id}
            assert len(actions) == 1, f"{binding.id} is several actions"


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_no_two_actions_of_a_screen_share_a_key(node: type[Any]) -> None:
    bindings = own_bindings(node)
    keys = [binding.key for binding in bindings]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("node", PAGES, ids=lambda node: node.__name__)
def test_no_page_hides_a_key_of_the_app(node: type[Any]) -> None:
    of_the_app = {binding.key for binding in own_bindings(KneejournalApp)}
    assert not of_the_app & {binding.key for binding in own_bindings(node)}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("p", "p"),
        ("Y", "Y"),
        ("shift+y", "Y"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("/", "slash"),
        (",", "comma"),
        ("+", "plus"),
        ("F5", "f5"),
        ("ctrl+K", "ctrl+k"),
        ("shift+ctrl+a", "ctrl+shift+a"),
        ("return", "enter"),
        ("ctrl+i", "tab"),
        (" ", "space"),
        ("é", "é"),
    ],
)
def test_keys_are_understood_as_people_write_them(written: str, key: str) -> None:
    assert key_named(written) == key


@pytest.mark.parametrize(("key", "shown"), [("question_mark", "?"), ("slash", "/"), ("space", "space"), ("f5", "f5")])
def test_a_key_is_shown_as_people_write_it(key: str, shown: str) -> None:
    assert key_shown(key) == shown


@pytest.mark.parametrize("key", ["escape", "tab", "enter", "delete", "backspace", "ctrl+s"])
def test_a_key_that_types_nothing_is_shown_by_its_name(key: str) -> None:
    assert key_shown(key) == key


def test_a_dialog_may_be_left_by_another_key_that_types_nothing() -> None:
    assert checked(dialog__leave="f9", dialog__save="f10") == ({"dialog.leave": "f9", "dialog.save": "f10"}, ())


@pytest.mark.parametrize(
    "written", ["", "  ", "f55", "fünf", "f5,f6", "ctrl+", "ctrl++", "strg+k", "ctrl+ctrl+a", "\x1b"]
)
def test_what_is_no_key_is_none(written: str) -> None:
    assert key_named(written) is None


def test_a_key_of_ones_own_is_used() -> None:
    assert checked(today__pain="f5", app__undo="ctrl+g") == ({"today.pain": "f5", "app.undo": "ctrl+g"}, ())


def test_the_key_that_an_action_has_already_is_no_change() -> None:
    assert checked(today__pain="p", today__tick="space") == ({}, ())


def test_two_actions_may_change_places() -> None:
    assert checked(today__ice="v", today__elevate="i") == ({"today.ice": "v", "today.elevate": "i"}, ())


def test_pages_may_use_one_key_each() -> None:
    assert checked(today__pain="f5", journal__pain="f5") == ({"today.pain": "f5", "journal.pain": "f5"}, ())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"today__pian": "f5"}, "“today.pian” is no action. Is it “today.pain”?"),
        ({"zzz": "f5"}, "“zzz” is no action."),
        ({"today__pain": "f55"}, "“today.pain”: “f55” is not a key. Write one such as p, F, f5 or ctrl+g."),
        (
            {"today__pain": "up"},
            "“today.pain”: “up” belongs to lists, text fields or the terminal. Choose another key.",
        ),
        ({"today__pain": "ctrl+p"}, "belongs to lists, text fields or the terminal"),
        ({"today__pain": "ctrl+c"}, "belongs to lists, text fields or the terminal"),
        ({"dialog__save": "x"}, "“dialog.save”: “x” would be typed into the fields of a dialog."),
        ({"app__suspend": "z"}, "“app.suspend”: “z” would be typed into the fields of a dialog."),
        ({"today__pain": "a"}, "“today.pain”: a is the key of “today.short” (Short) too. It keeps its own, p."),
        ({"today__pain": "?"}, "“today.pain”: ? is the key of “app.help” (Help) too. It keeps its own, p."),
        ({"app__undo": "space"}, "“app.undo”: “space” belongs to lists"),
        ({"app__undo": "0"}, "“app.undo”: 0 is the key of “today.fine” (All fine) too. It keeps its own, u."),
        ({"today__ice": "ctrl+z"}, "belongs to lists, text fields or the terminal"),
        ({"dialog__leave": "ctrl+s"}, "“dialog.leave”: ctrl+s is the key of “dialog.save” (Save) too."),
    ],
)
def test_what_cannot_be_used_is_said_and_left_out(wanted: dict[str, str], said: str) -> None:
    keymap, (problem,) = checked(**wanted)
    assert keymap == {}
    assert said in problem


def test_two_actions_on_one_key_both_keep_their_own() -> None:
    keymap, problems = checked(today__pain="f5", today__short="f5", today__ice="f8")
    assert keymap == {"today.ice": "f8"}
    assert len(problems) == 2


def test_what_is_left_out_may_make_another_clash_and_that_is_left_out_too() -> None:
    keymap, problems = checked(today__pain="a", today__short="0", app__undo="p")
    assert keymap == {}
    assert len(problems) == 3


def test_no_choice_of_keys_takes_an_action_away() -> None:
    names = [str(b.id) for node in NODES for b in own_bindings(node)]
    wanted = {name: ["f5", "a", "u", "p", "ctrl+s", "escape", "x"][place % 7] for place, name in enumerate(names)}
    keymap, _ = check_keys(wanted, KneejournalApp, list(own_screens()))
    for screen in own_screens():
        bindings = bindings_of(screen).values()
        ids = {binding.id for binding in bindings if binding.id}
        keys = {keymap.get(str(binding.id), binding.key): binding.id for binding in bindings if binding.id}
        assert set(keys.values()) == ids, screen.__name__


async def test_the_app_uses_the_keys_of_the_file_and_shows_them(home: Path) -> None:
    app = app_with(home, '[keys]\n"today.pain" = "f5"\n"app.ready" = "f8"\n"app.undo" = "ctrl+g"\n')
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert "f8 Ready to run" in screen_text(app.screen)
        assert "f5 Pain" in screen_text(app.screen)
        await pilot.press("p", "r")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("0")
        assert [n.message for n in app._notifications] == ["Knee 0, all day, Sun 22 Nov.  ctrl+g takes it back."]
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(app.screen, PainDialog)


async def test_keys_that_changed_places_do_each_others_work(home: Path) -> None:
    app = app_with(home, '[keys]\n"today.ice" = "v"\n"today.elevate" = "i"\n')
    async with app.run_test() as pilot:
        await pilot.press("v")
        await pilot.pause()
        assert [n.message for n in app._notifications][-1].startswith("Ice")


async def test_every_dialog_saves_with_the_key_of_the_file(home: Path) -> None:
    app = app_with(home, '[keys]\n"dialog.save" = "f10"\n')
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "3")
        await pilot.pause()
        assert "f10 Save" in screen_text(app.screen)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, PainDialog)
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert len(app._journal.entries()) == 1


async def test_what_is_wrong_is_said_at_the_start_and_listed_with_all_keys(home: Path) -> None:
    app = app_with(home, '[keys]\n"today.pain" = "f5"\n"today.pian" = "f8"\n"today.ice" = "a"\n')
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        (toast,) = app._notifications
        assert toast.message == (
            "settings.toml: “today.pian” is no action. Is it “today.pain”? And 1 more: ctrl+p, All keys."
        )
        app.action_keys()
        await pilot.pause()
        problems = [str(line.content) for line in app.screen.query(".keys-problem").results(Static)]
        assert [problem.split(":")[0] for problem in problems] == [
            "! “today.pian” is no action. Is it “today.pain”?",
            "! “today.ice”",
        ]
        shown = "\n".join(str(table.content) for table in app.screen.query("KeyTable").results(Static))
        assert "today.pain (yours)" in shown
        assert all(str(b.id) in shown for node in NODES for b in own_bindings(node))


@pytest.mark.parametrize("settings", ['theme = "nord', "[keys]\nx = 1", '[keys]\n"[/x]" = "[bold]"', 'theme = "[/x]"'])
async def test_a_broken_settings_file_stops_nothing(home: Path, settings: str) -> None:
    app = app_with(home, settings)
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        (toast,) = app._notifications
        assert "settings" in toast.message
        assert app.screen.query_one(NavBar)
        assert app.screen.query_one(KeyFooter)
        await pilot.press("0")
        assert app.theme == "kneejournal"
    assert (home / "settings.toml").read_text(encoding="utf-8") == settings
