"""A large export of Apple Health, read against a scan of its bytes."""

import subprocess
from datetime import date, timedelta
from pathlib import Path
from random import Random

from commands import timed
from place import HERE, Place
from rows import Samples

SIZE = 300_000_000
FIRST, DAYS = date(2014, 1, 1), 3650
SCAN = (
    "import sys; file = open(sys.argv[1], 'rb'); found = 0\n"
    "while chunk := file.read(1 << 20): found += chunk.count(b'<')"
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n]>\n'
    '<HealthData locale="en_US">\n'
)
RECORD = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" unit="count/min" '
    'creationDate="{day} 07:{minute:02}:10 +0000" startDate="{day} 07:{minute:02}:05 +0000" '
    'endDate="{day} 07:{minute:02}:05 +0000" value="{value}"/>\n'
)
WORKOUT = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}.5" durationUnit="min" '
    'sourceName="Watch" creationDate="{day} 19:00:00 +0000" startDate="{day} 18:00:00 +0000" '
    'endDate="{day} 18:{minutes}:30 +0000">\n'
    '  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="{sum:.2f}" unit="mi"/>\n'
    " </Workout>\n"
)


def write(path: Path) -> None:
    """Ten years of measurements, with three runs a week among them; the same each time."""
    chance = Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            written = 0
            while written < SIZE // DAYS:
                minute, value = chance.randrange(60), chance.randrange(50, 190)
                written += file.write(RECORD.format(day=day, minute=minute, value=value))
            if day.weekday() in (1, 3, 5):
                minutes, miles = chance.randrange(10, 59), 1 + 5 * chance.random()
                file.write(WORKOUT.format(day=day, minutes=minutes, sum=miles))
        file.write("</HealthData>\n")


def measure(place: Place, runs: int, samples: Samples) -> None:
    """Look through an export and scan it, in turn; once more to see how much memory that takes."""
    path = place.folder / "export.xml"
    write(path)
    words = ["--journal", str(place.folder / "none.json"), "import", str(path), "--dry-run"]
    for _ in range(runs):
        timed([place.python, "-c", SCAN, str(path)], place, "byte scan", samples)
        timed([place.command, *words], place, "apple health", samples)
    peak = [place.python, str(HERE / "peak.py"), *words]
    done = subprocess.run(peak, env=place.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    samples.add("apple health memory", float(done.stderr.split()[-1]))
    path.unlink()
