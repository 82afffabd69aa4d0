"""What the journal prescribes, asks and teaches: exercises, symptoms, stages, rules and pages to read."""

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Meta, Struct

Group = Literal["hip abductors", "quads", "glutes", "abdominals", "hamstrings", "ITB"]
Kind = Literal["strength", "stretch"]

STRENGTH_GROUPS: tuple[Group, ...] = ("hip abductors", "quads", "glutes", "abdominals")
STRETCH_GROUPS: tuple[Group, ...] = ("hamstrings", "quads", "ITB")
GROUPS: dict[Kind, tuple[Group, ...]] = {"strength": STRENGTH_GROUPS, "stretch": STRETCH_GROUPS}

Line = Annotated[str, Meta(min_length=1, max_length=160)]
Code = Annotated[str, Meta(max_length=64, pattern=r"^[a-z]+(-[a-z]+)*\Z")]


class Dose(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of one exercise makes a session (a default: the article gives no sets).

    `sets` 1-10. Either `reps` 1-50 or `hold_s` 1-300 seconds or both (repetitions, each held).
    `each_side`: left and right are one set. `at_most`: the hold ends earlier when form goes.
    """

    sets: Annotated[int, Meta(ge=1, le=10)]
    reps: Annotated[int, Meta(ge=1, le=50)] | None = None
    hold_s: Annotated[int, Meta(ge=1, le=300)] | None = None
    each_side: bool = False
    at_most: bool = False

    def __post_init__(self) -> None:
        if self.reps is None and self.hold_s is None:
            raise ValueError("a dose needs `reps` or `hold_s`")

    def __str__(self) -> str:
        side = " a side" if self.each_side else ""
        if self.reps is None:
            upto = "up to " if self.at_most else ""
            return f"{self.sets} × {upto}{self.hold_s} s{side}"
        held = "" if self.hold_s is None else f", held {self.hold_s} s"
        return f"{self.sets} × {self.reps}{side}{held}"


class Exercise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exercise or stretch of the article, with its wording."""

    id: Code
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    kind: Kind
    group: Group
    muscles: Annotated[tuple[str, ...], Meta(min_length=1)]
    dose: Dose
    how: tuple[Line, Line, Line]
    feel: Line
    avoid: Line
    short: bool = False
    """Part of the short session: one exercise of each strength group."""


class Symptom(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A symptom or red flag: the code that records hold, and its wording.

    `label` fits a list (at most 32 characters); `question` is what the dialog asks, in full.
    """

    code: Code
    label: Annotated[str, Meta(min_length=1, max_length=32)]
    question: Line


class Stage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stage of the walk-run plan, minutes; `repeats` times `run_min` running and `walk_min` walking."""

    number: Annotated[int, Meta(ge=1, le=50)]
    run_min: Annotated[int, Meta(ge=1, le=180)]
    walk_min: Annotated[int, Meta(ge=0, le=60)]
    repeats: Annotated[int, Meta(ge=1, le=30)]

    def __str__(self) -> str:
        if not self.walk_min:
            return f"run {self.run_min} min" if self.repeats == 1 else f"{self.repeats} × run {self.run_min} min"
        return f"{self.repeats} × (run {self.run_min} min, walk {self.walk_min} min)"


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The wording of one rule of the verdict, and where the rule comes from.

    `holds` and `breaks` may name {values} that the rule gives; `title` is what a list shows. `learn` is the page of
    `Programme.learn` that explains it.
    """

    id: Code
    source: Literal["article", "default"]
    title: Annotated[str, Meta(min_length=1, max_length=40)]
    learn: Code
    holds: Annotated[str, Meta(min_length=1, max_length=400)]
    breaks: Annotated[str, Meta(min_length=1, max_length=400)]


class Words(Struct, frozen=True):
    """A piece of a sentence. `key` is something to type; `page` is the id of the page that a link leads to."""

    text: str
    look: Literal["plain", "emphasis", "key", "link"] = "plain"
    page: str = ""


class Block(Struct, frozen=True):
    """A heading, a paragraph, or one item of a list."""

    kind: Literal["heading", "paragraph", "item"]
    words: tuple[Words, ...]


class LearnPage(Struct, frozen=True):
    """One page to read about the knee. `title` is at most 24 characters, so that it fits the list."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def leads_to(self) -> tuple[str, ...]:
        """The pages that its links lead to, each once, in their order."""
        pages = (words.page for block in self.blocks for words in block.words if words.look == "link")
        return tuple(dict.fromkeys(pages))


class Advice(Struct, frozen=True):
    """One sentence beside the verdict, and which one it is."""

    id: str
    text: str


class Programme(Struct, frozen=True, kw_only=True):
    """All of content/ that the rules and screens need, as validated values."""

    exercises: tuple[Exercise, ...]
    symptoms: tuple[Symptom, ...]
    red_flags: tuple[Symptom, ...]
    stages: tuple[Stage, ...]
    rules: tuple[Rule, ...]
    headlines: dict[str, str]
    """What the verdict says first, by its status (and `ready-maintain`)."""
    advice: dict[str, str]
    """Advice beside the verdict, by its id."""
    setback_reasons: dict[str, str]
    """Why a setback is a major one, by reason."""
    thresholds: dict[str, str]
    """What every threshold is called, by its name in `Thresholds`."""
    changing: dict[str, str]
    """What changing each threshold does, by its name."""
    warm_up_min: int
    """Brisk walking before a session, and again after it, minutes."""
    read_learn: Callable[[], tuple[LearnPage, ...]]
    """Gives `learn`; nothing of it is read before it is asked for."""

    @property
    def learn(self) -> tuple[LearnPage, ...]:
        """The pages to read, in the order in which one would. Raises what reading them raises."""
        return self.read_learn()

    def exercise(self, exercise_id: str) -> Exercise | None:
        """The exercise of that id, or None."""
        return next((e for e in self.exercises if e.id == exercise_id), None)

    def say(self, advice_id: str, **values: object) -> Advice:
        """The advice of that id with its values filled in."""
        return Advice(advice_id, self.advice[advice_id].format_map(values))

    def rule(self, rule_id: str) -> Rule:
        """The wording of that rule. Raises KeyError when content/ has none, which loading content/ rules out."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def page(self, page_id: str) -> LearnPage | None:
        """The page to read of that id, or None."""
        return next((page for page in self.learn if page.id == page_id), None)

    def label(self, code: str) -> str:
        """The wording for a symptom's or red flag's code; the code itself when content/ has none."""
        return next((s.label for s in (*self.symptoms, *self.red_flags) if s.code == code), code)
