"""The pain chart and the heat map, drawn anew at 120 by 40; run inside kneejournal's environment."""

import asyncio
import json
import sys
import time
from pathlib import Path

from kneejournal.app import KneejournalApp
from kneejournal.clock import system_now
from kneejournal.paths import find_places
from kneejournal.widgets.day_picture import DayPicture
from kneejournal.widgets.heat_map import HeatMap
from kneejournal.widgets.journal_charts import JournalCharts
from kneejournal.widgets.pain_chart import SPANS, PainChart
from kneejournal.wiring import open_journal

SIZE = (120, 40)
SHORTEST = 8


def painted(*pictures: DayPicture) -> float:
    """Seconds that it takes to draw pictures anew, down to the last line."""
    began = time.perf_counter()
    for picture in pictures:
        picture.draw_again()
        for line in range(picture.size.height):
            picture.render_line(line)
    return time.perf_counter() - began


async def measured(path: Path, runs: int) -> dict[str, list[float]]:
    places = find_places(str(path))
    journal = open_journal(places, system_now)
    snapshot = journal.snapshot()
    verdict = journal.verdict(snapshot)
    found: dict[str, list[float]] = {"redraw": [], "redraw after a change": []}
    app = KneejournalApp(journal, places)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", *"w" * len(SPANS[1:-1]))
        await pilot.pause()
        charts = app.screen.query_one(JournalCharts)
        pictures = [charts.query_one(PainChart), charts.query_one(HeatMap)]
        if charts.span != SPANS[-1] or min(picture.size.height for picture in pictures) < SHORTEST:
            raise AssertionError("the charts do not show what is to be measured")
        for _ in range(runs):
            found["redraw"].append(painted(*pictures))
            began = time.perf_counter()
            charts.show(snapshot, verdict.case, journal.programme)
            found["redraw after a change"].append(time.perf_counter() - began + painted(*pictures))
    return found


if __name__ == "__main__":
    count, *journals = sys.argv[1:]
    print(json.dumps([asyncio.run(measured(Path(journal), int(count))) for journal in journals]))
