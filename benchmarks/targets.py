"""What is measured against what, and how fast it is to be."""

from rows import Target, Work


def ratio(value: float) -> Target:
    return Target("ratio", value)


BARE_KEY = ("a key of a bare app", "bare key")
PYTHON = ("python -c pass", "python")
SQLITE = ("a row in SQLite", "sqlite")
GROWTH_3 = Target("growth", 3)
MS_16 = Target("most", 0.016)
WORKS = (
    Work("first paint of today", "paint", "a bare app", "bare paint", ratio(1.15), ratio(1.2)),
    Work("first key answered, from the start", "first key", "a bare app", "bare first key", ratio(1.15), ratio(1.2)),
    Work("the first key alone", "key after paint", "a bare app", "bare key after paint", None, None),
    Work("tick, seen", "tick seen", *BARE_KEY, ratio(2), ratio(3)),
    Work("tick, on the disk and shown as saved", "tick saved", *BARE_KEY, ratio(5), ratio(8)),
    Work("another page, again (the slowest)", "switch again*", *BARE_KEY, ratio(5), ratio(6)),
    Work("another page, first time (the slowest)", "switch first*", *BARE_KEY, ratio(15), ratio(20)),
    Work("kneejournal status", "status", *PYTHON, ratio(6), ratio(9)),
    Work("kneejournal ready", "ready", *PYTHON, ratio(6), ratio(9)),
    Work("kneejournal log 3, on the disk", "log", *PYTHON, ratio(8), ratio(11)),
    Work("processor time of status", "status cpu", "python -c pass", "python cpu", None, None),
    Work("processor time of ready", "ready cpu", "python -c pass", "python cpu", None, None),
    Work("processor time of log 3", "log cpu", "python -c pass", "python cpu", None, None),
    Work("one durable change in the app", "change", *SQLITE, ratio(8), GROWTH_3),
    Work("one durable change of a command", "change of a command", *SQLITE, ratio(8), GROWTH_3),
    Work("the verdict from loaded records", "verdict", "", "", Target("most", 0.002), GROWTH_3),
    Work("the verdict after one change", "verdict after a change", "", "", None, None),
    Work("pain chart and heat map drawn, a year of days", "redraw", "", "", MS_16, MS_16),
    Work("the same, with the days read anew", "redraw after a change", "", "", MS_16, MS_16),
    Work("memory of the app", "memory", "a bare app", "bare memory", ratio(1.3), ratio(2), "MB"),
    Work("Apple Health, 300 MB", "apple health", "a scan of its bytes", "byte scan", ratio(2), None),
    Work("the same, most memory", "apple health memory", "", "", Target("most", 100e6), None, "MB"),
)
