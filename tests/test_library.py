"""content/ as it is shipped follows the rules, and content/ that somebody damaged is refused in plain words."""

import shutil
import textwrap
from pathlib import Path

import pytest

from kneejournal.domain.programme import STRENGTH_GROUPS, Programme
from kneejournal.domain.records import RED_FLAGS, SYMPTOMS
from kneejournal.errors import Unreadable
from kneejournal.library import load_programme

CONTENT = Path(__file__).parent.parent / "content"

EXERCISES = [
    # id                     kind        group            dose                   short
    ("clamshell", "strength", "hip abductors", "3 × 10 a side", True),
    ("side-leg-lift", "strength", "hip abductors", "3 × 10 a side", False),
    ("straight-leg-lift", "strength", "quads", "3 × 10 a side", True),
    ("straight-leg-lift-out", "strength", "quads", "3 × 10 a side", False),
    ("bridge-squeeze", "strength", "glutes", "3 × 10, held 5 s", True),
    ("plank", "strength", "abdominals", "3 × up to 30 s", True),
    ("side-plank", "strength", "abdominals", "3 × up to 30 s a side", False),
    ("hamstring-step", "stretch", "hamstrings", "3 × 30 s a side", False),
    ("quad-standing", "stretch", "quads", "3 × 30 s a side", False),
    ("itb-strap", "stretch", "ITB", "3 × 30 s a side", False),
]

STAGES = [
    # number, run, walk, repeats
    (1, 1, 4, 4),
    (2, 2, 3, 4),
    (3, 3, 2, 4),
    (4, 4, 1, 4),
    (5, 9, 1, 2),
    (6, 20, 0, 1),
    (7, 25, 0, 1),
    (8, 30, 0, 1),
]

FIRST_EXERCISE = 'content/exercises.toml, exercise 1 ("clamshell"): '
PLANK = 'content/exercises.toml, exercise 6 ("plank"): '

PLANK_DOSE = "dose = { sets = 3, hold_s = 30, at_most = true }"
TEN_A_SIDE = "dose = { sets = 3, reps = 10, each_side = true }"

# What is damaged: the file, the text in it, what takes its place (the first time only), and what the error says.
DAMAGED = {
    "a dose without repetitions or hold": (
        "exercises.toml", PLANK_DOSE, "dose = { sets = 3 }", PLANK + "field `dose`: a dose needs `reps` or `hold_s`"),
    "a dose out of range": (
        "exercises.toml", TEN_A_SIDE, "dose = { sets = 3, reps = 99 }", FIRST_EXERCISE + "field `dose.reps`: "),
    "a number written as text": (
        "exercises.toml", TEN_A_SIDE, 'dose = { sets = "3", reps = 10 }', FIRST_EXERCISE + "field `dose.sets`: "),
    "a group that does not exist": (
        "exercises.toml", 'group = "hip abductors"', 'group = "neck"', FIRST_EXERCISE + "field `group`: "),
    "a strength exercise in a stretch group": (
        "exercises.toml", 'group = "hip abductors"', 'group = "ITB"',
        FIRST_EXERCISE + "field `group`: for a strength exercise, one of hip abductors, quads, glutes, abdominals"),
    "an unknown field": (
        "exercises.toml", "short = true\n\n", "shrot = true\n\n",
        FIRST_EXERCISE + "Object contains unknown field `shrot`"),
    "a missing field": (
        "exercises.toml", 'name = "Clamshell"\n', "", FIRST_EXERCISE + "Object missing required field `name`"),
    "an entry without an id": (
        "exercises.toml", 'id = "plank"\n', "",
        "content/exercises.toml, exercise 6: Object missing required field `id`"),
    "an id with a capital": (
        "exercises.toml", '"plank"', '"Plank"', 'content/exercises.toml, exercise 6 ("Plank"): field `id`: '),
    "wording of nothing but blanks": (
        "exercises.toml", '"Clamshell"', '" \\t "', FIRST_EXERCISE + "field `name`: "),
    "an id used twice": (
        "exercises.toml", '"side-leg-lift"', '"clamshell"',
        'content/exercises.toml, exercise 2 ("clamshell"): "clamshell" is exercise 1 already'),
    "a group without a short exercise": (
        "exercises.toml", "short = true\n\n", "\n",
        "content/exercises.toml: no exercise of the group hip abductors has `short = true`"),
    "a group with two short exercises": (
        "exercises.toml", 'id = "side-leg-lift"', 'id = "side-leg-lift"\nshort = true',
        'content/exercises.toml, exercise 2 ("side-leg-lift"): field `short`: the short session has "clamshell"'),
    "a stretch in the short session": (
        "exercises.toml", 'id = "itb-strap"', 'id = "itb-strap"\nshort = true',
        'content/exercises.toml, exercise 10 ("itb-strap"): field `short`: '),
    "a strength group without exercises": (
        "exercises.toml", 'group = "glutes"', 'group = "quads"',
        "content/exercises.toml: no strength exercise for the group glutes"),
    "a stretch group without stretches": (
        "exercises.toml", 'group = "ITB"', 'group = "quads"',
        "content/exercises.toml: no stretch exercise for the group ITB"),
    "an unknown table": (
        "exercises.toml", "[[exercise]]\n", "[[excercise]]\n",
        "content/exercises.toml: unknown table `excercise`; allowed: "),
    "a TOML error": (
        "exercises.toml", 'id = "clamshell"', "id = clamshell", "content/exercises.toml: the file is not valid TOML ("),
    "a symptom's code that records do not know": (
        "symptoms.toml", '"lunge"', '"hop"',
        'content/symptoms.toml, symptom 4 ("hop"): field `code`: the journal knows'),
    "a red flag's code among the symptoms": (
        "symptoms.toml", '"lunge"', '"injury"', 'content/symptoms.toml, symptom 4 ("injury"): field `code`: '),
    "a symptom twice": (
        "symptoms.toml", '"lunge"', '"squat"',
        'content/symptoms.toml, symptom 4 ("squat"): "squat" is symptom 3 already'),
    "a red flag left out": (
        "symptoms.toml", '[[red_flag]]\ncode = "numbness"\nlabel = "Numbness or tingling"\n'
        'question = "Is part of that leg or foot numb or tingling?"', "",
        'content/symptoms.toml: no [[red_flag]] has the code "numbness"'),
    "a label too long for the list": (
        "symptoms.toml", '"Lunging"', f'"{"x" * 33}"', 'content/symptoms.toml, symptom 4 ("lunge"): field `label`: '),
    "a gap between the stages": (
        "stages.toml", "number = 3", "number = 4",
        "content/stages.toml, stage 3: field `number`: 4 where 3 comes next; stages count from 1 without gaps"),
    "a stage without running": (
        "stages.toml", "run_min = 9", "run_min = 0", "content/stages.toml, stage 5: field `run_min`: "),
    "no warm-up": (
        "stages.toml", "warm_up_min = 5\n", "", "content/stages.toml: `warm_up_min` is missing"),
    "a warm-up of half a minute": (
        "stages.toml", "warm_up_min = 5", "warm_up_min = 0.5", "content/stages.toml, `warm_up_min`: Expected `int`"),
}  # fmt: skip


@pytest.fixture
def shipped() -> Programme:
    return load_programme(CONTENT)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of content/ that a test may damage."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(content: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        load_programme(content)
    return str(caught.value)


def test_the_exercises_and_doses_are_those_of_the_rules(shipped: Programme) -> None:
    assert [(e.id, e.kind, e.group, str(e.dose), e.short) for e in shipped.exercises] == EXERCISES


def test_the_short_session_has_one_exercise_of_each_strength_group(shipped: Programme) -> None:
    assert tuple(e.group for e in shipped.exercises if e.short) == STRENGTH_GROUPS


def test_every_line_of_an_exercise_fits_three_lines_of_its_panel(shipped: Programme) -> None:
    for exercise in shipped.exercises:
        for line in (*exercise.how, exercise.feel, exercise.avoid):
            assert len(textwrap.wrap(line, 34)) <= 3, f"{exercise.id}: {line}"


def test_the_symptoms_and_red_flags_are_those_that_records_know(shipped: Programme) -> None:
    assert tuple(s.code for s in shipped.symptoms) == SYMPTOMS
    assert tuple(s.code for s in shipped.red_flags) == RED_FLAGS


def test_every_symptom_and_red_flag_has_wording_of_its_own(shipped: Programme) -> None:
    asked = (*shipped.symptoms, *shipped.red_flags)
    assert len({s.label for s in asked}) == len({s.question for s in asked}) == 20
    assert all(s.question.endswith("?") for s in asked)


def test_the_question_about_noise_names_the_noises(shipped: Programme) -> None:
    noise = next(s for s in shipped.symptoms if s.code == "noise")
    assert "clicking, popping or grinding" in noise.question


def test_muscle_soreness_is_never_asked_as_a_symptom(shipped: Programme) -> None:
    wording = " ".join(s.label + s.question for s in (*shipped.symptoms, *shipped.red_flags)).lower()
    assert "muscle" not in wording
    assert "sore" not in wording


def test_the_stages_are_the_table_of_the_rules(shipped: Programme) -> None:
    assert [(s.number, s.run_min, s.walk_min, s.repeats) for s in shipped.stages] == STAGES
    assert shipped.warm_up_min == 5


@pytest.mark.parametrize(("file", "old", "new", "said"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_content_is_refused_by_file_and_entry(content: Path, file: str, old: str, new: str, said: str) -> None:
    replace(content / file, old, new)
    message = refusal(content)
    assert message.startswith(said)
    assert message.endswith("Correct the file or install kneejournal again.")


@pytest.mark.parametrize("name", ["exercises.toml", "symptoms.toml", "stages.toml"])
def test_a_missing_file_is_named(content: Path, name: str) -> None:
    (content / name).unlink()
    said = f"content/{name}: the file is missing. Put it back or install kneejournal again."
    assert refusal(content) == said


def test_a_missing_folder_is_refused_by_its_first_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "content").startswith("content/exercises.toml: the file is missing.")


def test_a_file_that_cannot_be_read_is_named(content: Path) -> None:
    (content / "stages.toml").unlink()
    (content / "stages.toml").mkdir()
    assert refusal(content).startswith("content/stages.toml: the file cannot be read (")


def test_a_file_that_is_not_utf_8_is_named(content: Path) -> None:
    (content / "symptoms.toml").write_bytes('label = "Kniebeuge über 45°"'.encode("latin-1"))
    assert refusal(content) == (
        "content/symptoms.toml: the file is not UTF-8 text. Correct the file or install kneejournal again."
    )


@pytest.mark.parametrize("text", ["exercise = 3", "[exercise]\nid = 'plank'"])
def test_exercises_that_are_no_list_are_refused(content: Path, text: str) -> None:
    (content / "exercises.toml").write_text(text, encoding="utf-8")
    assert "`exercise` is not a list of tables, each headed [[exercise]]" in refusal(content)


@pytest.mark.parametrize("text", ["stage = []\nwarm_up_min = 5", "stage = [1]\nwarm_up_min = 5"])
def test_stages_that_hold_no_stage_are_refused(content: Path, text: str) -> None:
    (content / "stages.toml").write_text(text, encoding="utf-8")
    assert refusal(content).startswith("content/stages.toml")


def test_a_therapist_may_replace_exercises_and_stages(content: Path) -> None:
    replace(content / "exercises.toml", 'id = "clamshell"', 'id = "band-walk"')
    replace(content / "stages.toml", "run_min = 9", "run_min = 6")
    programme = load_programme(content)
    assert programme.exercise("band-walk") is not None
    assert programme.stages[4].run_min == 6


def test_a_file_saved_by_a_windows_editor_loads(content: Path) -> None:
    file = content / "stages.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load_programme(content).stages) == 8


def test_wording_reaches_the_terminal_on_one_line_without_control_characters(content: Path) -> None:
    replace(content / "exercises.toml", '"Clamshell"', '"Clam\\u001b[2J\\nshell"')
    assert load_programme(content).exercises[0].name == "Clam␛[2J shell"
