"""The plan as a table, and its next session minute by minute."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import Static

from kneejournal.domain.programme import Stage
from kneejournal.domain.progress import Phase
from kneejournal.domain.readiness import StageNow

THROUGH = 1_000
"""A stage number beyond every plan: all stages are behind."""


class StageTable(Static):
    """The stages, which are behind, and where one stands."""

    def show(self, stages: Sequence[Stage], now: StageNow | None, phase: Phase, sessions: int) -> None:
        """`sessions`: clean ones that a stage asks for."""
        here = now.number if now else THROUGH if phase == "maintain" else 0
        lines = [Content.styled("  stage  run     walk    times", "$foreground-muted")]
        for stage in stages:
            clean = now.clean_sessions if now and stage.number == here else 0
            lines.append(_line(stage, here, clean, sessions))
        self.update(Content("\n").join(lines))


class SessionPlan(Static):
    """One session from the first minute to the last."""

    def show(self, stage: Stage | StageNow, warm_up: int) -> None:
        """`warm_up`: minutes of walking before, and again after."""
        self.update(Content("\n").join(_session(stage, warm_up)))


def session_minutes(stage: Stage | StageNow, warm_up: int) -> int:
    """The whole session with its warm-up and its cool-down, minutes."""
    return 2 * warm_up + stage.repeats * (stage.run_min + stage.walk_min)


def _line(stage: Stage, here: int, clean: int, sessions: int) -> Content:
    walk = f"{stage.walk_min} min" if stage.walk_min else "–"
    text = f"{stage.number:<7}{f'{stage.run_min} min':<8}{walk:<8}×{stage.repeats}"
    if stage.number < here:
        return Content.styled(f"✓ {text}", "$foreground-muted")
    if stage.number > here:
        return Content(f"  {text}")
    dots = "●" * clean + "○" * (sessions - clean)
    return Content.assemble(
        (f"▸ {text}", "bold $primary"), (f"   {dots} {clean} of {sessions} clean", "$foreground-muted")
    )


def _session(stage: Stage | StageNow, warm_up: int) -> Iterator[Content]:
    yield _part(0, warm_up, "walk briskly, to warm up")
    minute = warm_up
    for _ in range(stage.repeats):
        ran = minute + stage.run_min
        run = Content.assemble(_part(minute, ran, ""), ("run", "bold"))
        minute = ran + stage.walk_min
        yield Content.assemble(run, "     ", _part(ran, minute, "walk")) if stage.walk_min else run
    yield _part(minute, minute + warm_up, "walk, to cool down")


def _part(start: int, end: int, what: str) -> Content:
    return Content.assemble((f"{start:>3} –{end:>3}  ", "$foreground-muted"), what)
