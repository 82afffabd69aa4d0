"""The page for a physical therapist: one sheet, nothing but itself, every word of the patient's escaped."""

import os
import re
import shutil
import stat
import webbrowser
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kneejournal import browsers
from kneejournal.domain.profile import Profile, Thresholds, TrackedKnee
from kneejournal.domain.readiness import judge
from kneejournal.domain.records import CODES, AnyRecord, ExerciseMark, Pain, Run, Shoe
from kneejournal.domain.snapshot import Snapshot
from kneejournal.errors import Unreadable
from kneejournal.interop.report import write_report
from tests.conftest import CommandLine
from tests.domain.stories import PROGRAMME, TODAY, ago, at, pain, run, story, ticked
from tests.generated import HOSTILE, of, snapshots

NOW = at(TODAY, 22)
LOADS = {"src", "href", "srcset", "data", "action", "xlink:href", "background", "poster", "formaction"}
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """A page as a browser takes it: its elements, their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(snapshot: Snapshot, weeks: int = 8, *, to_confirm: bool = False) -> str:
    verdict = judge(snapshot.live, snapshot.profile, PROGRAMME, NOW, to_confirm=to_confirm)
    return write_report(snapshot, verdict, PROGRAMME, weeks).decode()


def words(*records: AnyRecord, profile: Profile | None = None, weeks: int = 8) -> str:
    return Reader(page(of(*records, profile=profile), weeks)).text


def noted(day: int, note: str, score: int = 1) -> AnyRecord:
    return replace(pain(ago(day), score), note=note)


@settings(max_examples=50)
@given(snapshots(), st.integers(1, 26))
def test_every_page_loads_nothing_runs_nothing_and_is_well_formed(snapshot: Snapshot, weeks: int) -> None:
    found = Reader(page(snapshot, weeks))
    assert found.open == []
    assert not {"script", "iframe", "object", "embed", "link", "img", "form", "a", "base"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name in LOADS or name.startswith("on")]
    urls = [value for _, value in found.attributes if "url(" in value or "//" in value]
    assert set(urls) <= {"url(#no-number)"}
    policy = ("content", "default-src 'none'; style-src 'unsafe-inline'")
    assert found.attributes.count(policy) == 1


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_a_note_and_a_name_are_only_text(text: str) -> None:
    shoe = Shoe(
        id="00000000-0000-4000-8000-000000000001", day=ago(1), recorded_at=at(ago(1), 9), updated_at=at(ago(1), 9),
        device="test", name=text, shoe_kind="running",
    )  # fmt: skip
    plain, hostile = (Reader(page(of(replace(shoe, name=name), noted(0, name)))) for name in ("x", text))
    assert hostile.tags == plain.tags
    shown = "".join(hostile.text.split())
    assert shown.count("".join(shoe.name.split())) >= 2


def test_a_template_in_a_note_is_not_filled_in() -> None:
    assert "{{ 7*7 }}" in words(noted(0, "{{ 7*7 }}"))


def test_it_says_who_set_each_rule_and_which_settings_were_changed() -> None:
    changed = Profile(thresholds=Thresholds(symptom_free_needed=10))
    found = words(*story("c3ccccccc3"), profile=changed)
    assert "NOT MET Symptom free, all day, for a week changed" in found
    assert "NOT MET Nothing today article" in found
    assert "met No red flag default" in found
    assert "symptom-free days asked for: 10 days (article 7 days)" in found
    assert "None: every number is the article's or the journal's default." in words(*story("c"))


def test_the_settings_change_what_counts_and_not_what_is_said_of_the_source() -> None:
    assert "met Symptom free, all day, for a week article" in words(*story("c" * 9))


def test_red_flags_stand_out_until_somebody_saw_them() -> None:
    flag = pain(ago(3), 2, symptoms=("locking",))
    assert "NOT SEEN BY A CLINICIAN YET" in words(flag)
    assert "seen, or gone, Fri 20 Nov" in words(replace(flag, resolved_on=ago(2)))
    assert "No red flag was written in these weeks." in words(pain(TODAY, 2))


def test_the_weeks_show_adherence_against_the_target() -> None:
    done = [tick for day in range(3) for tick in ticked(ago(day), "clamshell straight-leg-lift bridge-squeeze plank")]
    assert "Strength days, 3+ 3 ✓" in words(*done)
    assert "Strength days, 3+ 2 Stretch days" in words(*done[4:])


def test_runs_setbacks_shoes_and_symptoms_are_told() -> None:
    found = words(*story("ccccccc RcHc"), pain(ago(1), 1, scope="moment", symptoms=("stairs-down",)))
    assert "1.9 mi stage 8 pain 1" in found
    assert "minor" in found
    assert "Stairs, going down 1" in found
    assert "None written." in found


def test_each_knee_has_a_row_when_both_are_tracked() -> None:
    both = Profile(knees=(TrackedKnee(side="left"), TrackedKnee(side="right")))
    assert "Worst, left knee 2 Worst, right knee 6" in words(pain(TODAY, 2, right=6), profile=both)


def test_notes_that_do_not_fit_are_counted() -> None:
    found = words(*(noted(day, f"Note of day {day}.") for day in range(40)))
    shown = len(re.findall(r"Note of day", found))
    assert 10 <= shown < 40
    assert f"{40 - shown} more are left out" in found
    assert "Note of day 0." in found


def test_a_long_note_is_cut_and_says_so() -> None:
    found = words(noted(0, "word " * 3000))
    assert found.count("word") < 60
    assert "word…" in found


def chart(*records: AnyRecord) -> str:
    found = re.search(r"<svg.*?</svg>", page(of(*records)), re.DOTALL)
    assert found
    return found[0]


def test_gaps_are_hatched_zeros_are_rings_and_pain_is_a_bar() -> None:
    found = chart(*story("4.c..2c"))
    assert found.count('fill="url(#no-number)"') == 3
    assert found.count('class="zero"') == 2
    assert found.count('class="bar"') == 2


def test_what_was_written_late_is_drawn_apart() -> None:
    found = chart(*story("ccl"), pain(ago(1), 4, scope="moment", written=at(TODAY, 9), key="x"))
    assert found.count('class="late"') == 1
    assert 'class="late"' not in chart(*story("ccf"))


def test_the_mean_breaks_where_too_few_days_have_a_number() -> None:
    assert chart(*story("44444........44444")).count('class="mean"') == 2
    assert chart(*story("4.4.4")).count('class="mean"') == 0


def test_runs_medicine_setbacks_and_red_flags_are_marked() -> None:
    found = chart(*story("ccccccc RcHcM!c"))
    assert (found.count(">m<"), found.count(">!<"), found.count(">setback<")) == (1, 1, 2)
    assert found.count('class="fill"') == 2


def test_the_chart_looks_right_without_any_style() -> None:
    """A printer that knows no classes in SVG would make it black: every shape has its colours itself."""
    for shape in re.findall(r"<(?:path|rect|circle|polyline|text) [^>]*>", chart(*story("ccccccc RcHc.M!2l"))):
        assert "fill=" in shape or "stroke=" in shape, shape


def crowded(weeks: int, note: str, profile: Profile) -> Snapshot:
    """A journal with more of everything than a page can hold."""
    random = Random(7)
    records: list[AnyRecord] = []
    for record in story("ccccccc" + ("RcRc!7M1w" * 26)[: weeks * 7]):
        if isinstance(record, Pain):
            symptoms = tuple(random.sample(CODES, 6)) if record.pain.worst else record.symptoms
            records.append(replace(record, note=note, symptoms=symptoms))
        elif isinstance(record, Run):
            records.append(replace(record, note=note, distance_m=1_000_000, duration_s=1_000_000))
    for number in range(9):
        records.append(
            Shoe(
                id=f"00000000-0000-4000-8000-00000000000{number}",
                day=ago(9),
                recorded_at=at(ago(9), 9),
                updated_at=at(ago(9), 9),
                device="test",
                name="W" * 80,
                shoe_kind="running",
                since=ago(300),
                starting_m=10_000_000,
            )
        )
    return of(*records, profile=profile)


STRICTEST = Profile(
    knees=(TrackedKnee(side="left"), TrackedKnee(side="right")),
    units="km",
    began=ago(400),
    thresholds=Thresholds(
        symptom_free_needed=60, closes_at=12, recall_days=14, noise_blocks=False, major_days=60, minor_days=30,
        major_pain=1, exercise_days=7, shoe_limit_m=3_218_688, break_days=60,
    ),
)  # fmt: skip
CROWDED = {
    "wide letters": (8, "W" * 3000, STRICTEST),
    "letters twice as wide": (8, "膝が痛い。" * 100, Profile()),
    "twenty-six weeks": (26, "Downhill, and stairs. " * 60, STRICTEST),
    "many short notes": (12, "Sore.", Profile()),
    "emoji": (8, "🏃‍♀️🦵🏽" * 200, Profile()),
}


def need_chromium() -> None:
    if not any(map(shutil.which, browsers.PRINTERS)):
        pytest.skip("no browser that prints PDF is installed")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("name", CROWDED)
def test_it_prints_on_one_page_however_much_there_is(name: str, tmp_path: Path) -> None:
    need_chromium()
    weeks, note, profile = CROWDED[name]
    made = page(crowded(weeks, note, profile), weeks, to_confirm=True)
    pdf = browsers.print_pdf(made.encode(), tmp_path / "report.pdf")
    assert pages_of(pdf) == 1
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 595" in pdf, "A4"
    assert list(tmp_path.iterdir()) == [], "the browser's own files are gone"


def fake_browser(folder: Path, does: str) -> None:
    """A browser of another kind on the PATH."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="the browser is a shell script")
@pytest.mark.parametrize(
    "does", ["exit 1", "exit 0", 'for w in "$@"; do case $w in --print-to-pdf=*) echo no > "${w#*=}"; esac; done']
)
def test_a_browser_that_does_not_print_is_said_to(
    does: str, cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("log", "1")
    programs = tmp_path / "bin"
    programs.mkdir()
    fake_browser(programs, does)
    monkeypatch.setenv("PATH", str(programs))
    result = cli("report", str(tmp_path / "knee.pdf"))
    assert result.status == 3
    assert "chromium did not print the report." in result.err
    assert not list(tmp_path.glob("k*"))


def test_without_a_browser_it_says_what_to_do(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ok("log", "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = cli("report", "--pdf", str(tmp_path / "knee.pdf"))
    assert result.status == 3
    assert "No browser was found that prints PDF" in result.err
    assert not (tmp_path / "knee.pdf").exists()


def test_a_pdf_is_private_and_never_written_over(cli: CommandLine, tmp_path: Path) -> None:
    need_chromium()
    cli.ok("log", "1")
    path = tmp_path / "knee.pdf"
    assert cli.ok("report", str(path)).startswith(f"The report is in {path}.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert (cli("report", str(path)).status, path.read_bytes()) == (3, before)


def test_a_page_is_private_and_lies_where_it_is_said_to(cli: CommandLine, tmp_path: Path) -> None:
    cli.ok("log", "1", "--note", "Stairs at work")
    (cli.home / "Documents").mkdir(parents=True)
    said = cli.ok("report")
    path = cli.home / "Documents" / "kneejournal-2026-11-22-report.html"
    assert said == f"The report is in {path}. It holds health data; only you can read it.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Stairs at work" in path.read_text(encoding="utf-8")
    cli.ok("report")
    assert path.with_name("kneejournal-2026-11-22-2-report.html").exists()
    assert tmp_path / "knee.html" not in tmp_path.iterdir()


def test_it_goes_to_standard_output_when_asked(cli: CommandLine) -> None:
    cli.ok("log", "1")
    assert cli.ok("report", "-").startswith("<!DOCTYPE html>")
    for wrong in (("-", "--pdf"), ("-", "--open"), ("--weeks", "0"), ("--weeks", "27"), ("--weeks", "x")):
        assert cli("report", *wrong).status == 2


def test_a_browser_is_opened_only_when_asked(cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or len(opened) < 2)  # type: ignore[func-returns-value]
    path = tmp_path / "knee report.html"
    cli.ok("log", "1")
    cli.ok("report", str(path))
    assert opened == []
    cli.ok("report", str(path), "--force", "--open")
    assert opened == [path.as_uri()]
    assert cli.ok("report", str(path), "--force", "--open").endswith("No browser was found to open it with.\n")


def test_the_weeks_that_are_asked_for_are_shown(cli: CommandLine) -> None:
    cli.log_clear_evenings(1, 22)
    assert "(4 weeks)" in cli.ok("report", "-")
    assert "(1 week)" in cli.ok("report", "-", "--weeks", "1")


def test_the_browser_is_told_to_fetch_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs, log = tmp_path / "bin", tmp_path / "log"
    programs.mkdir()
    fake_browser(programs, f'printf "%s\\n" "$@" > {log}; exit 1')
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(Unreadable):
        browsers.print_pdf(b"<p>x", tmp_path / "knee.pdf")
    given_words = log.read_text(encoding="utf-8").splitlines()
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in given_words
    assert "--disable-background-networking" in given_words


def test_the_same_journal_gives_the_same_page() -> None:
    records = [*story("ccccccc RcHc"), *ticked(TODAY, "plank"), run(ago(2), hour=7)]
    assert page(of(*records)) == page(of(*reversed(records)))
    assert isinstance(records[-2], ExerciseMark)
