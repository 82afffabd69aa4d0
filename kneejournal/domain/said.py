"""What the records of a day say of the knee."""

from collections.abc import Iterable

from kneejournal.domain.records import AnyRecord, Care, ExerciseMark, Pain, Run


class Said:
    """What the records of one day say."""

    def __init__(self, records: Iterable[AnyRecord]) -> None:
        self.scores: list[int] = []
        self.checks: list[Pain] = []
        self.runs: list[Run] = []
        self.heard: set[str] = set()
        self.medicine = False
        for record in records:
            # Most are exercises that did not hurt: they say nothing of the knee.
            if type(record) is ExerciseMark:
                if record.pain is not None:
                    self.scores.append(record.pain)
            elif type(record) is Pain:
                self.scores.append(record.pain.worst)
                self.heard.update(record.symptoms)
                self.medicine = self.medicine or record.medicine
                if record.scope == "day":
                    self.checks.append(record)
            elif type(record) is Run:
                self.runs.append(record)
                if record.pain is not None:
                    self.scores.append(record.pain)


def score_of(record: AnyRecord) -> int | None:
    """The highest pain a record names, 0-10; None when it names none."""
    if type(record) is Pain:
        return record.pain.worst
    return record.pain if type(record) is ExerciseMark or type(record) is Run else None


def is_bad(record: AnyRecord) -> bool:
    said = isinstance(record, Pain) and (record.medicine or bool(record.symptoms))
    return said or bool(score_of(record))


def says_something(record: AnyRecord) -> bool:
    """An exercise that was ticked and unticked again is nothing written."""
    if isinstance(record, ExerciseMark):
        return record.done or record.pain is not None
    return isinstance(record, Pain | Run | Care)
