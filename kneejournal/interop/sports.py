"""Which activities are runs, as the services call them in the languages that were seen."""

RUNS = frozenset({
    "run", "running", "trail run", "trail running", "virtual run", "virtual running", "treadmill running",
    "treadmill run", "treadmill", "track running", "street running", "indoor running", "ultra running", "ultra run",
    "obstacle running", "obstacle racing",
    "lauf", "laufen", "traillauf", "trail-lauf", "trailrunning", "laufband", "laufbandtraining", "laufen auf der bahn",
    "bahnlauf", "indoor-laufen", "virtueller lauf", "virtuelles laufen", "ultralauf", "straßenlauf",
    "course à pied", "course", "trail", "course sur tapis roulant", "course à pied sur tapis roulant",
    "course à pied sur piste", "course à pied en intérieur", "course à pied urbaine", "course à pied virtuelle",
    "course à pied tout terrain",
    "corrida", "corrida em trilha", "corrida virtual", "corrida em esteira", "corrida na esteira",
    "carrera", "carrera de montaña", "carrera virtual", "trail running / carrera de montaña", "carrera en cinta",
    "corsa", "corsa su tapis roulant", "corsa su strada", "corsa virtuale",
    "løb", "løbebånd", "løping", "tredemølle", "löpning", "löpband", "bieg", "bieganie", "bieg na bieżni",
    "bieganie na bieżni", "hardlopen", "hardlopen op de loopband",
})  # fmt: skip
"""Activity types that are runs, without capitals."""

CODES = frozenset({
    "running", "treadmill_running", "trail_running", "track_running", "street_running", "indoor_running",
    "virtual_run", "virtual_running", "ultra_run", "obstacle_run",
})  # fmt: skip
"""The same, as Garmin's programs write them."""


def is_run(sport: str) -> bool:
    """Whether an activity type, in words or in code, is a run."""
    word = " ".join(sport.split()).casefold()
    return word in RUNS or word in CODES


def not_a_run(sport: str) -> str:
    """The reason for leaving an activity out."""
    return f"not a run ({sport[:40]})" if sport.strip() else "not a run: it names no sport"
