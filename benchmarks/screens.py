"""What is seen in a terminal: first paint, keys, ticks and pages, against a bare Textual app beside it."""

from pathlib import Path

from place import Place
from rows import Samples
from window import Marks, Window

HERE = Path(__file__).parent
DOWN, SPACE = b"\x1b[B", b" "
FIRST: Marks = ("│ today", "[ ] Side-lying leg lift", "[x] ITB stretch")
"""Today's screen: the ribbon, and the exercises as they stand."""
FIRST_KEY: Marks = ("1 Lie on your side, lower leg bent for balance",)
"""What the page of the second exercise says, when the first key has been answered."""
PAGES: tuple[tuple[bytes, Marks], ...] = (
    (b"j", ("Worst pain of each day", "Worst pain, week by week", "Stairs fine this morning.")),
    (b"r", ("Clear since the last run", "The next session", "Information, not medical advice.")),
    (b"s", ("▸ Trainers of", "limit is reached")),
    (b"l", ("What brings it on", "Runner's knee has a longer name")),
    (b"t", ("│ today", "] Plank")),
)
SAVING, SAVED = "[…]", "[x]"
"""What a box says while the tick is on its way to the disk, and once it is there."""
TICKS = 2
"""How many exercises are ticked in one run, and unticked again."""
BARE_KEYS = 3


def measure_once(place: Place, samples: Samples) -> None:
    """Open the bare app, then the journal, and use them."""
    _bare(place, samples)
    _journal(place, samples)


def _bare(place: Place, samples: Samples) -> None:
    with Window([place.python, str(HERE / "bare.py")], place.environment) as window:
        window.wait("0 keys")
        pressed = window.press(b"x", at_once=True)
        window.wait("1 keys")
        painted, answered = window.moments(("0 keys",), ("1 keys",))
        samples.add("bare paint", painted - window.opened)
        samples.add("bare first key", answered - window.opened)
        samples.add("bare key after paint", answered - pressed)
        for number in range(2, 2 + BARE_KEYS):
            samples.add("bare key", _pressed(window, b"x", (f"{number} keys",)))
        if (memory := window.peak_memory()) is not None:
            samples.add("bare memory", memory)


def _journal(place: Place, samples: Samples) -> None:
    with Window([place.python, place.command, "--journal", str(place.journal)], place.environment) as window:
        window.wait(*FIRST)
        pressed = window.press(DOWN, at_once=True)
        window.wait(*FIRST_KEY)
        painted, answered = window.moments(FIRST, FIRST_KEY)
        samples.add("paint", painted - window.opened)
        samples.add("first key", answered - window.opened)
        samples.add("key after paint", answered - pressed)
        window.rest()
        if (memory := window.peak_memory()) is not None:
            samples.add("memory", memory)
        names = list(place.to_tick.values())[:TICKS]
        for name in names:
            _tick(window, place, name, samples)
        for visit in ("first", "again"):
            for key, marks in PAGES:
                seconds = _pressed(window, key, marks)
                # Today is on the screen from the start: its first visit is no first one.
                samples.add(f"switch {visit if key != b't' else 'again'} {key.decode()}", seconds)
        for name in reversed(names):
            _pressed(window, b"u", (f"[ ] {name} ",))


def _pressed(window: Window, key: bytes, marks: Marks) -> float:
    """Seconds from the key to what it brings."""
    pressed = window.press(key)
    window.wait(*marks)
    (seen,) = window.moments(marks)
    return seen - pressed


def _tick(window: Window, place: Place, name: str, samples: Samples) -> None:
    """Tick the highlighted exercise, and go on to the next."""
    saved = (f"{SAVED} {name} ",)
    pressed = window.press(SPACE)
    window.wait(*saved)
    kept = place.kept()
    (told,) = window.moments(saved)
    # A save that is quicker than a frame is never seen on its way.
    samples.add("tick seen", (window.moment((f"{SAVING} {name} ",)) or told) - pressed)
    samples.add("tick saved", told - pressed)
    if name not in place.done_in(kept):
        raise AssertionError(f"{name} was shown as saved, and was not on the disk")
    window.press(DOWN)
