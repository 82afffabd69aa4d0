"""What happens in the sample journal: eight weeks of one sore knee, from the flare to the third stage of the plan."""

from typing import NamedTuple


class Week(NamedTuple):
    """Seven days, a sign for each.

    evening   0-9 the day-check of the evening   f 0, filled in the next morning   o 0, at breakfast only
              l 0, nine days late                . nothing written
    exercise  s the short session   b with the stretches   t only these   a all of them   . none
    care      i iced   e iced, with the leg up   . none
    """

    evening: str
    exercise: str
    care: str


class Heard(NamedTuple):
    """What a day-check says beside its number."""

    symptoms: str = ""
    note: str = ""
    medicine: bool = False


class Felt(NamedTuple):
    """The pain of one moment, so many days ago."""

    ago: int
    time: str
    pain: int
    symptoms: str = ""
    note: str = ""


class Ran(NamedTuple):
    """A run, so many days ago, and when it was written down."""

    ago: int
    time: str
    metres: int
    minutes: int
    shoe: str | None = "default"
    pain: int = 0
    note: str = ""


WEEKS = (
    Week("5655.43", "....t.t", "eeeii.."),  # the flare
    Week("322543.", "t.s.t.b", "i..eii."),  # an attempt to run, too early
    Week("232.121", "b.b.tb.", "i.i...."),
    Week("1010o1l", "b.ab.b.", ".i....."),  # the first days without it
    Week("0000f00", "ba.b.ab", "......."),  # a week of clear days
    Week("0000010", "bt.b.ab", ".....i."),  # stage 1, stage 2, and a minor setback
    Week("0000000", ".b.a.b.", "......."),  # three days off, stage 1 again
    Week("000000.", "b.bt.a.", "......."),  # stage 2, and on to stage 3
)

HEARD = {
    55: Heard("running after-running stairs-down", "Sore since the last mile, and on every stair at home."),
    54: Heard("swelling stairs-down first-steps", "Stairs one at a time. A tablet before bed.", medicine=True),
    53: Heard("stairs-down sitting", "Iced twice, leg up on the sofa."),
    49: Heard("stairs-down", "The lift instead of the stairs helps more than I like to admit."),
    47: Heard("stairs-down"),
    45: Heard("running stairs-down first-steps", "Back to where I was last week. Rest first, then."),
    39: Heard("squat stairs-down", "Moved boxes all afternoon."),
    35: Heard("stairs-down", "First evening on which I had to think whether it had hurt."),
    33: Heard("noise", "No pain, but it clicks on the stairs."),
    31: Heard("", "Nothing, all day."),
    29: Heard("sitting", "Three hours in the car."),
    21: Heard("", "A week without it. Long walk, two flights of stairs, a film: nothing."),
    15: Heard("stairs-down", "Only that one moment."),
    8: Heard("", "Stage 1 done again. Patience."),
    2: Heard("", "All day on my feet, and nothing."),
}

FELT = (
    Felt(54, "07:10", 6, "first-steps stairs-down", "Could hardly get down the stairs this morning."),
    Felt(53, "13:20", 4, "sitting", "A long meeting with the knee bent; had to stand up."),
    Felt(52, "18:15", 5, "stairs-down squat"),
    Felt(51, "08:05", 3, "first-steps"),
    Felt(48, "12:30", 3, "stairs-down"),
    Felt(44, "07:20", 4, "first-steps noise", "It clicks with every step down."),
    Felt(41, "21:35", 2, "sitting", "Half the film, then the leg stretched out."),
    Felt(40, "18:05", 3, "stairs-down lunge"),
    Felt(36, "12:45", 2, "squat"),
    Felt(34, "17:50", 1, "stairs-down"),
    Felt(20, "07:05", 0),
    Felt(15, "12:40", 1, "stairs-down", "A twinge on the way down to the platform, the day after the run."),
    Felt(3, "07:15", 0),
    Felt(0, "07:10", 0, "", "Stairs fine this morning."),
)

RAN = (
    Ran(55, "19:50", 10_140, 61, "Old blue pair", 4, "Downhill on the way back. It began there."),
    Ran(45, "18:40", 1_610, 10, "default", 5, "It felt fine, so I tried. Stopped after ten minutes and walked home."),
    Ran(20, "18:10", 2_250, 20, note="Four times one minute, after all these weeks. Nothing, not even on the stairs."),
    Ran(18, "18:20", 2_260, 20),
    Ran(16, "18:05", 2_420, 20, None, note="Two minutes at a time; could talk all the way."),
    Ran(11, "18:25", 2_240, 20, note="One stage back, and glad of it."),
    Ran(9, "18:10", 2_280, 20),
    Ran(7, "10:20", 2_430, 20),
    Ran(5, "18:15", 2_450, 20),
    Ran(3, "18:30", 2_640, 20, note="Three-minute runs by the river, flat all the way."),
)
