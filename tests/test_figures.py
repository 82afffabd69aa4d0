"""The figures in content/ as they are shipped are bodies that could move so, and damaged ones are refused plainly."""

import shutil
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from kneejournal.domain.figure import SIDES, Movement, moment, pose_times
from kneejournal.domain.figure_faults import faults
from kneejournal.domain.figure_joints import Joints, frame
from kneejournal.domain.figure_shapes import box_of, picture
from kneejournal.domain.figure_vectors import Vector, across, between, length, minus
from kneejournal.errors import Unreadable
from kneejournal.figures import figure_names, load_movement
from kneejournal.widgets.figure_frames import Frames
from tests.support import CONTENT, programme

BESIDE_EXERCISES = {"plank-knees", "plank-full", "side-plank-full", "running", "walking", "icing"}
NAMES = figure_names(CONTENT)
SIZE = (40, 14)
LOOKS = 96
"""How many moments of a loop are looked at."""
SEEN_DOTS = 45
"""A difference that is seen at 40×14 cells, dots: about the area of a standing figure's shin."""
STRAIGHT_CM = 1.5
"""From a line to what still lies on it."""

every_figure = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def movements() -> dict[str, Movement]:
    return {name: load_movement(CONTENT, name) for name in NAMES}


def looks(movement: Movement) -> list[float]:
    return [movement.seconds * look / LOOKS for look in range(LOOKS)]


def dots(movement: Movement, seconds: float) -> list[int]:
    """The body's dots, without ground and props."""
    return Frames(movement, None, SIZE, 12).canvas(seconds).dots("far", "body", "working")


def difference(one: list[int], other: list[int]) -> int:
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def test_every_exercise_has_a_figure_of_its_name() -> None:
    assert set(NAMES) == {exercise.id for exercise in programme().exercises} | BESIDE_EXERCISES


def test_a_figure_works_on_one_side_exactly_when_its_exercise_is_done_on_each(movements: dict[str, Movement]) -> None:
    for exercise in programme().exercises:
        assert (movements[exercise.id].side is not None) == exercise.dose.each_side, exercise.id


@every_figure
def test_nothing_a_body_cannot_do_happens_in_a_loop(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    found = [
        (seconds, fault) for seconds in looks(movement) for fault in faults(movement.body, moment(movement, seconds))
    ]
    assert found == []


def limbs(joints: Joints) -> dict[str, float]:
    """The length of everything that has a length, cm."""
    pairs = [("hip", "knee"), ("knee", "ankle"), ("heel", "toes"), ("shoulder", "elbow"), ("elbow", "hand")]
    found = {
        f"{side}.{begin}-{end}": dist(joints[f"{side}.{begin}"], joints[f"{side}.{end}"])
        for side in SIDES for begin, end in pairs
    }  # fmt: skip
    across = {name: dist(joints[f"left.{name}"], joints[f"right.{name}"]) for name in ("hip", "shoulder")}
    return (
        found | across | {"trunk": dist(joints["hips"], joints["neck"]), "neck": dist(joints["neck"], joints["head"])}
    )


@every_figure
def test_every_limb_keeps_its_length(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    lengths = [limbs(frame(movement, seconds)) for seconds in looks(movement)]
    for limb in lengths[0]:
        seen = [each[limb] for each in lengths]
        assert max(seen) - min(seen) <= 0.02 * min(seen), limb


@every_figure
def test_left_and_right_are_as_long(name: str, movements: dict[str, Movement]) -> None:
    lengths = limbs(frame(movements[name], 0))
    for limb, long in lengths.items():
        if limb.startswith("left."):
            assert long == pytest.approx(lengths[limb.replace("left", "right", 1)], rel=0.02), limb


@every_figure
def test_the_movement_has_no_jumps(name: str, movements: dict[str, Movement]) -> None:
    """No joint is faster than a runner's foot."""
    movement = movements[name]
    step = movement.seconds / LOOKS
    for seconds in looks(movement):
        here, there = frame(movement, seconds), frame(movement, seconds + step)
        for joint in here:
            assert dist(here[joint], there[joint]) < 600 * step, (joint, seconds)


@every_figure
def test_the_movement_is_large_enough_to_be_seen(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    first = dots(movement, 0)
    assert max(difference(first, dots(movement, at)) for at, _ in pose_times(movement)) > SEEN_DOTS


@every_figure
def test_the_working_limb_is_seen(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    if movement.working:
        working = Frames(movement, None, SIZE, 12).canvas(movement.still_at).dots("working")
        assert sum(row.bit_count() for row in working) > SEEN_DOTS


def test_every_figure_looks_different(movements: dict[str, Movement]) -> None:
    variants = ({"plank", "plank-full"}, {"side-plank", "side-plank-full"})
    for one, other in combinations(movements.values(), 2):
        if {one.name, other.name} not in variants:
            assert difference(dots(one, one.still_at), dots(other, other.still_at)) > 2 * SEEN_DOTS, (
                one.name,
                other.name,
            )
    for one, other in combinations(movements.values(), 2):
        moments = [0.0, *(share * one.seconds for share in (0.2, 0.4, 0.6, 0.8))]
        assert any(difference(dots(one, at), dots(other, at)) > SEEN_DOTS for at in moments), (one.name, other.name)


@every_figure
def test_nothing_leaves_the_room_that_was_measured(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    room = box_of(movement)
    for seconds in looks(movement):
        discs = [disc for shape in picture(movement, seconds).shapes if shape.ink for disc in shape.discs]
        assert min(x - r for x, _, r in discs) > room.left - 1.5
        assert max(x + r for x, _, r in discs) < room.right + 1.5
        assert min(y - r for _, y, r in discs) > room.bottom - 1.5
        assert max(y + r for _, y, r in discs) < room.top + 1.5


@pytest.mark.parametrize("name", ["running", "walking"])
def test_a_foot_on_the_ground_goes_with_the_ground(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    step = movement.seconds / LOOKS
    for seconds in looks(movement):
        here, there = frame(movement, seconds), frame(movement, seconds + step)
        for side in SIDES:
            if here[f"{side}.heel"][1] < 4.2 and here[f"{side}.toes"][1] < 4.2:
                speed = (here[f"{side}.ankle"][0] - there[f"{side}.ankle"][0]) / step
                assert speed == pytest.approx(movement.ground.speed, rel=0.25)


@pytest.mark.parametrize("name", ["plank", "plank-knees", "plank-full", "side-plank", "side-plank-full"])
def test_a_plank_keeps_elbow_below_shoulder_and_ends_in_one_line(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    for seconds in looks(movement):
        joints = frame(movement, seconds)
        assert abs(joints["right.elbow"][0] - joints["right.shoulder"][0]) < 2
    end = "knee" if name == "plank-knees" else "ankle"
    assert hips_off_the_line(frame(movement, movement.still_at), end) < STRAIGHT_CM


def middle(joints: Joints, joint: str) -> Vector:
    return between(joints[f"left.{joint}"], joints[f"right.{joint}"], 0.5)


def hips_off_the_line(joints: Joints, end: str) -> float:
    """How far the hips are from the line that goes from between the shoulders to between the knees or ankles, cm."""
    along = minus(middle(joints, end), joints["neck"])
    return length(across(minus(joints["hips"], joints["neck"]), along))


def test_the_bridge_ends_in_one_line_of_shoulders_hips_and_knees(movements: dict[str, Movement]) -> None:
    movement = movements["bridge-squeeze"]
    assert hips_off_the_line(frame(movement, movement.still_at), "knee") < STRAIGHT_CM
    assert hips_off_the_line(frame(movement, 0), "knee") > 4 * STRAIGHT_CM


@pytest.mark.parametrize("name", ["running", "walking"])
def test_the_second_half_of_a_stride_is_the_first_with_sides_changed(name: str, movements: dict[str, Movement]) -> None:
    movement = movements[name]
    for seconds in looks(movement):
        here, there = frame(movement, seconds), frame(movement, seconds + movement.seconds / 2)
        for joint, (x, y, z) in here.items():
            side, dot, part = joint.partition(".")
            other = f"{'right' if side == 'left' else 'left'}.{part}" if dot else joint
            assert there[other] == pytest.approx((x, y, -z), abs=0.01), joint


def test_a_held_pose_is_one_frame(movements: dict[str, Movement]) -> None:
    movement = movements["plank"]
    frames = Frames(movement, None, SIZE, 12)
    held = {id(frames.at(movement.still_at + 0.1 + tenth / 10)) for tenth in range(20)}
    assert len(held) == 1


def test_the_feet_of_the_clamshell_stay_together(movements: dict[str, Movement]) -> None:
    movement = movements["clamshell"]
    feet = [dist(frame(movement, at)["left.ankle"], frame(movement, at)["right.ankle"]) for at in looks(movement)]
    assert max(feet) < 12
    assert max(feet) - min(feet) < 0.5


def test_the_toes_are_turned_out_in_one_leg_lift_and_straight_up_in_the_other(movements: dict[str, Movement]) -> None:
    for name, turned in (("straight-leg-lift", 0), ("straight-leg-lift-out", 45)):
        tilt = moment(movements[name], movements[name].still_at).parts["right.foot"][1]
        assert tilt == turned, name
    assert movements["straight-leg-lift-out"].inset is not None


CLAMSHELL = 'content/figures/clamshell.toml, pose 1 ("closed")'
OPEN = 'content/figures/clamshell.toml, pose 2 ("open")'

# What is damaged: the text in clamshell.toml, what takes its place (the first time only), and what the error says.
DAMAGED = {
    "an unknown joint": ("left.elbow =", "left.elbo =", f"{CLAMSHELL}, left.elbo: there is no such joint"),
    "a joint that is missing": ("left.foot = [0, 45]", "", f"{CLAMSHELL}, left.foot: it is missing"),
    "a limb given twice": (
        "left.ankle =", "left.thigh = [0, 0]\nleft.ankle =", f"{CLAMSHELL}, left.thigh: either thigh and"),
    "half a limb": ("right.shin = [-2, -45]", "", f"{CLAMSHELL}, right.thigh: either thigh and shin, or ankle"),
    "an angle out of range": ("trunk = [175, 0]", "trunk = [1750, 0]", f"{CLAMSHELL}, trunk: field `[0]`: "),
    "a tilt out of range": ("trunk = [175, 0]", "trunk = [175, 95]", f"{CLAMSHELL}, trunk: field `[1]`: "),
    "a point of two numbers": ("hips = [0, 19, 0]", "hips = [0, 19]", f"{CLAMSHELL}, hips: "),
    "a word for an angle": ("trunk = [175, 0]", 'trunk = "up"', f"{CLAMSHELL}, trunk: "),
    "no time to move": ("move_s = 1.8", "move_s = 0", "clamshell.toml, pose 1: field `move_s`: "),
    "a hold below nothing": ("hold_s = 0.6", "hold_s = -1", "clamshell.toml, pose 1: field `hold_s`: "),
    "a pose without a name": ('name = "open"\n', "", "clamshell.toml, pose 2: Object missing required field `name`"),
    "a pose that moves what the first does not place": (
        "left.knee = [90, 38]", "head = [170, 0]\nleft.thigh = [0, 0]", f"{OPEN}, left.thigh: the first pose does"),
    "a still that is no pose": ('still = "open"', 'still = "opened"', "field `still`: opened is not known"),
    "two poses of one name": ('name = "open"', 'name = "closed"', "clamshell.toml: a figure has at least two poses"),
    "an unknown limb that works": ('["left.thigh"]', '["left.calf"]', "field `working`: left.calf is not known"),
    "an unknown field": ("view = ", "look = ", "clamshell.toml: Object contains unknown field `look`"),
    "a view out of range": ("rise = 11", "rise = 90", "clamshell.toml: field `view.rise`: "),
    "a prop through an unknown joint": (
        "[[pose]]", '[[prop]]\nshape = "ball"\nthrough = ["left.kne"]\n[[pose]]', "prop 1: left.kne is not known"),
    "a body in the floor": ("hips = [0, 19, 0]", "hips = [0, 4, 0]", f"{CLAMSHELL}, "),
    "a knee that bends the wrong way": ("left.knee = [90, 90]", "left.knee = [90, -90]", f"{CLAMSHELL}, left.knee: "),
    "a foot out of reach": (
        "left.ankle = [58, 13, 0]", "left.ankle = [98, 13, 0]", f"{CLAMSHELL}, left.ankle: it is 98 cm from"),
    "a hand on no joint": ("left.hand = [-16, 4, 30]", 'left.hand = "hat"', f"{CLAMSHELL}, left.hand: hat is not"),
    "no TOML": ("[[pose]]", "[[pose", "clamshell.toml: the file is not valid TOML"),
}  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.mark.parametrize(("text", "instead", "says"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_refused_with_file_pose_and_joint(text: str, instead: str, says: str, content: Path) -> None:
    path = content / "figures" / "clamshell.toml"
    before = path.read_text(encoding="utf-8")
    assert text in before
    path.write_text(before.replace(text, instead, 1), encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        load_movement(content, "clamshell")
    assert says in str(refused.value)
    assert str(refused.value).endswith("Correct the file or install kneejournal again.")


def test_a_figure_that_is_not_there_is_named(content: Path) -> None:
    with pytest.raises(Unreadable, match=r"content/figures/handstand\.toml: the file cannot be read"):
        load_movement(content, "handstand")


def test_a_body_of_which_a_length_is_missing_is_refused(content: Path) -> None:
    (content / "figures" / "body.toml").write_text("trunk = 50\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"content/figures/body\.toml: Object missing required field"):
        load_movement(content, "clamshell")
