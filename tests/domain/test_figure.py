"""A figure moves between its poses on limbs that keep their lengths, and what a body cannot do is found."""

from dataclasses import dataclass, field
from math import dist

import pytest

from kneejournal.domain.figure import Body, Ground, Movement, Part, Pose, View, moment, pose_times
from kneejournal.domain.figure_faults import faults
from kneejournal.domain.figure_joints import frame
from kneejournal.domain.figure_shapes import Camera, picture

BODY = Body(
    trunk=50, neck=20, head=11, shoulder=14, hip=8, upper_arm=30, forearm=34, thigh=42, shin=41, heel=5, foot=17
)

STANDING: dict[str, Part] = {
    "hips": (0, 91, 0), "trunk": (90, 0), "chest": (0, 0),
    "left.thigh": (-90, 0), "left.shin": (-90, 0), "left.foot": (0, 0),
    "right.thigh": (-90, 0), "right.shin": (-90, 0), "right.foot": (0, 0),
    "left.upper_arm": (-90, 0), "left.forearm": (-90, 0), "right.upper_arm": (-90, 0), "right.forearm": (-90, 0),
}  # fmt: skip
"""Upright, facing to the right."""


@dataclass
class Story:
    """A movement from standing, with what `first` says otherwise, through other poses: a second each way."""

    others: dict[str, dict[str, Part]] = field(default_factory=dict)
    first: dict[str, Part] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    hold_s: float = 1
    steady: bool = False

    def movement(self) -> Movement:
        first = {**STANDING, **self.first}
        first = {name: part for name, part in first.items() if name not in self.without}
        poses = {"standing": first, **{name: {**first, **parts} for name, parts in self.others.items()}}
        return Movement(
            name="story", text="A story.", body=BODY, view=View(), ground=Ground(x=(-50, 50)), working=("right.thigh",),
            behind=("left.leg",), side="right", steady=self.steady, still=list(poses)[-1], props=(), inset=None,
            poses=tuple(Pose(name=name, move_s=1, hold_s=self.hold_s, parts=parts) for name, parts in poses.items()),
        )  # fmt: skip


LEG_OUT: dict[str, Part] = {"right.thigh": (0, 0), "right.shin": (0, 0), "right.foot": (90, 0)}


def test_a_pose_is_held_and_then_left_and_reached_slowly() -> None:
    movement = Story({"leg out": LEG_OUT}).movement()
    heights = [frame(movement, seconds)["right.ankle"][1] for seconds in (0, 0.5, 1, 1.1, 1.5, 1.9, 2, 2.5, 3)]
    assert heights[0] == heights[1] == heights[2]
    assert heights[6] == heights[7] == heights[8]
    assert heights[3] - heights[2] < (heights[4] - heights[2]) / 5
    assert heights[6] - heights[5] < (heights[6] - heights[4]) / 2


def test_a_loop_comes_back_to_its_beginning() -> None:
    movement = Story({"leg out": LEG_OUT}).movement()
    assert movement.seconds == 4
    assert frame(movement, 0.3) == frame(movement, 40.3)
    for joint, place in frame(movement, 3.9999).items():
        assert dist(place, frame(movement, 0)[joint]) < 0.1


def test_the_times_of_the_poses_are_the_moments_at_which_they_are_reached() -> None:
    movement = Story({"leg out": LEG_OUT}).movement()
    assert [(at, pose.name) for at, pose in pose_times(movement)] == [(0, "standing"), (2, "leg out")]
    assert movement.still_at == 2
    assert moment(movement, movement.still_at).parts["right.thigh"] == (0, 0)


def test_one_who_walks_does_not_stop_in_a_pose() -> None:
    movement = Story({str(angle): {"right.thigh": (angle, 0.0)} for angle in (-80, -70, -60)}, hold_s=0, steady=True)
    before, there, after = (moment(movement.movement(), at).parts["right.thigh"][0] for at in (0.999, 1.0, 1.001))
    assert there == -80
    assert after - there == pytest.approx(there - before, rel=0.01)
    assert after - there > 0.009


def test_a_leg_given_by_its_ankle_bends_forwards_and_keeps_its_lengths() -> None:
    movement = Story(first={"right.ankle": (20, 40, 8)}, without=("right.thigh", "right.shin")).movement()
    joints = frame(movement, 0)
    assert joints["right.ankle"] == pytest.approx((20, 40, 8))
    assert joints["right.knee"][0] > 20
    assert dist(joints["right.hip"], joints["right.knee"]) == pytest.approx(42)
    assert dist(joints["right.knee"], joints["right.ankle"]) == pytest.approx(41)
    assert not list(faults(BODY, moment(movement, 0)))


def test_a_limb_that_cannot_reach_keeps_its_lengths_and_is_found() -> None:
    movement = Story(first={"right.ankle": (60, 9, 8)}, without=("right.thigh", "right.shin")).movement()
    joints = frame(movement, 0)
    assert dist(joints["right.hip"], joints["right.ankle"]) == pytest.approx(83, abs=0.1)
    found = [fault for fault in faults(BODY, moment(movement, 0)) if fault.joint == "right.ankle"]
    assert "102 cm from the right.hip" in found[0].what
    assert "83 cm long" in found[0].what


def test_a_hand_that_holds_a_foot_stays_on_it_while_it_moves() -> None:
    held: dict[str, Part] = {"right.shin": (-235, 0), "right.foot": (-160, 0), "right.hand": "right.ankle"}
    movement = Story(
        {"knee ahead": {"right.thigh": (-80, 0)}}, first=held, without=("right.upper_arm", "right.forearm")
    )
    for tenth in range(40):
        joints = frame(movement.movement(), tenth / 10)
        assert dist(joints["right.hand"], joints["right.ankle"]) < 0.1


IMPOSSIBLE: dict[str, tuple[dict[str, Part], str, str]] = {
    "a knee that bends forwards": ({"right.shin": (-30, 0), "right.foot": (60, 0)}, "right.knee", "the wrong way"),
    "toes that point to the back": ({"right.foot": (180, 0)}, "right.foot", "to the back"),
    "a bent knee above toes that point aside": (
        {"right.thigh": (-30, 0), "right.shin": (-120, 0), "right.foot": (170, 0)}, "right.knee", "the wrong way"),
    "a knee folded double": ({"right.shin": (-265, 0), "right.foot": (-175, 0)}, "right.knee", "bends by 175°"),
    "an elbow that bends backwards": ({"right.forearm": (-170, 0)}, "right.elbow", "the wrong way"),
    "an elbow folded double": ({"right.forearm": (89, 0)}, "right.elbow", "bends by 179°"),
    "toes drawn to the shin": ({"right.foot": (60, 0)}, "right.foot", "150° to the shin"),
    "a body in the floor": ({"hips": (0, 80, 0)}, "left.ankle", "in the floor: -3.0 cm"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "joint", "what"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_a_body_cannot_do_is_found_at_its_joint(parts: dict[str, Part], joint: str, what: str) -> None:
    movement = Story({"impossible": parts}).movement()
    found = list(faults(BODY, moment(movement, movement.still_at)))
    assert any(fault.joint == joint and what in fault.what for fault in found), found


def test_standing_is_possible() -> None:
    assert not list(faults(BODY, moment(Story().movement(), 0)))


def test_who_faces_the_viewer_has_the_left_hand_on_the_right() -> None:
    joints = frame(Story(first={"chest": (0, 90)}).movement(), 0)
    assert joints["left.hand"][0] > 0 > joints["right.hand"][0]


def test_the_view_from_above_puts_what_is_near_lower() -> None:
    from_above = Camera(View(rise=30))
    assert from_above.disc((0, 0, 50), 1)[1] < from_above.disc((0, 0, 0), 1)[1] < from_above.disc((0, 0, -50), 1)[1]


def test_walking_round_to_the_right_turns_what_is_near_to_the_left() -> None:
    assert Camera(View(turn=30)).disc((0, 0, 50), 1)[0] < 0


def test_the_other_side_is_the_mirror_image() -> None:
    movement = Story({"leg out": LEG_OUT}).movement()
    for seconds in (0, 1.4, 2.5):
        right = picture(movement, seconds, "right").shapes
        left = picture(movement, seconds, "left").shapes
        assert right == picture(movement, seconds).shapes
        assert [[(-x, y, r) for x, y, r in shape.discs] for shape in right] == [list(shape.discs) for shape in left]


def test_the_working_limb_is_thicker_than_the_other_one() -> None:
    shapes = picture(Story().movement(), 0).shapes
    working = [shape for shape in shapes if shape.ink == "working"]
    far = [shape for shape in shapes if shape.ink == "far"]
    assert working[0].discs[0][2] > far[0].discs[0][2]
