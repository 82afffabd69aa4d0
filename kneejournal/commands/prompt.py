"""What a prompt or a status bar asks: where things stand, and the verdict with its reasons."""

from kneejournal.commands.printing import say, say_json
from kneejournal.commands.standing import STATUS_WORDS, count_of, earliest
from kneejournal.domain.days import short_day
from kneejournal.domain.readiness import RULESET, Verdict
from kneejournal.domain.reasons import RuleResult, Source
from kneejournal.reading import Reading

NOT_TODAY = 1
SOURCES: dict[Source, str] = {"article": "article", "default": "default", "setting": "your setting"}
HOW = {"red-flag": " Record it: kneejournal resolve.", "to-confirm": " Do it: kneejournal confirm."}
"""What a rule asks for that is a command."""


def say_status(journal: Reading) -> int:
    """Print where things stand in one line; answers with the exit status."""
    say(status_line(journal))
    return 0


def say_verdict(journal: Reading, *, as_json: bool = False) -> int:
    """Print the verdict on the log, with every reason; answers with the exit status."""
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    advice = tuple(line.text for line in journal.advice(snapshot, verdict))
    if as_json:
        say_json(_document(verdict, advice))
    else:
        say(*_lines(verdict, journal), *(f"- {line}" for line in advice), journal.programme.advice["disclaimer"])
    return 0 if verdict.is_ready else NOT_TODAY


def status_line(journal: Reading) -> str:
    """Day 5 of 7 · not yet · earliest Wed 25 Nov · strength 2/3 · stretch 1/3."""
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    page = journal.today_page(snapshot, verdict)
    week = page.week
    is_open = page.check is None or verdict.days[-1].state == "open"
    parts = [
        count_of(verdict),
        STATUS_WORDS[verdict.status],
        earliest(verdict),
        "today open" if is_open else None,
        f"strength {len(week.strength_days)}/{week.target.least}",
        f"stretch {len(week.stretch_days)}/{week.target.least}",
    ]
    return " · ".join(part for part in parts if part)


def _document(verdict: Verdict, advice: tuple[str, ...]) -> dict[str, object]:
    return {
        "ruleset": RULESET,
        "now": verdict.now.isoformat(),
        "day": verdict.day,
        "status": verdict.status,
        "headline": verdict.headline,
        "symptom_free_days": verdict.symptom_free_days,
        "symptom_free_needed": verdict.symptom_free_needed,
        "earliest_date": verdict.earliest_date,
        "phase": verdict.phase,
        "stage": verdict.stage,
        "days": verdict.days,
        "rules": [
            {"id": r.id, "source": r.source, "holds": r.holds, "text": r.text, "days": r.days, "title": r.title}
            for r in verdict.rules
        ],
        "advice": advice,
        "fillable": verdict.fillable,
        "pending": verdict.pending,
    }


def _lines(verdict: Verdict, journal: Reading) -> list[str]:
    lines = [verdict.headline]
    if count := count_of(verdict):
        lines.append(f"{count}.")
    if earliest(verdict) and (day := verdict.earliest_date):
        lines.append(f"Earliest date: {short_day(day)} {day.year}, if every day until then is clear.")
    lines += _stage_lines(verdict, journal)
    return [*lines, "", *(_rule_line(rule) for rule in verdict.rules), ""]


def _stage_lines(verdict: Verdict, journal: Reading) -> list[str]:
    stages, now = journal.programme.stages, verdict.stage
    found = next((stage for stage in stages if now and stage.number == now.number), None)
    if not verdict.is_ready or found is None:
        return []
    minutes = journal.programme.warm_up_min
    return [f"Stage {found.number} of {len(stages)}: {found}, with {minutes} min of brisk walking before and after."]


def _rule_line(rule: RuleResult) -> str:
    how = "" if rule.holds else HOW.get(rule.id, "")
    return f"{'yes' if rule.holds else 'NO '}  {rule.title}: {rule.text}{how} [{SOURCES[rule.source]}]"
