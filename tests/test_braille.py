"""Dots on a braille canvas: shapes cover what they should, and each cell has one ink."""

from kneejournal.widgets.braille import Canvas, Run, hull

INKS = ("pale", "strong")


def text(canvas: Canvas) -> list[str]:
    return ["".join(run.text for run in line) for line in canvas.lines()]


def test_the_dots_of_a_cell_are_where_unicode_has_them() -> None:
    for x, y, sign in [
        (0, 0, "⠁"),
        (0, 1, "⠂"),
        (0, 2, "⠄"),
        (0, 3, "⡀"),
        (1, 0, "⠈"),
        (1, 1, "⠐"),
        (1, 2, "⠠"),
        (1, 3, "⢀"),
    ]:
        canvas = Canvas(1, 1, INKS)
        canvas.line([(x, y), (x, y)], "pale")
        assert text(canvas) == [sign]


def test_a_line_goes_from_end_to_end_and_not_off_the_canvas() -> None:
    canvas = Canvas(3, 1, INKS)
    canvas.line([(-5, 0.5), (20, 0.5)], "pale")
    assert text(canvas) == ["⠉⠉⠉"]
    assert canvas.dots() == [0b111111, 0, 0, 0]


def test_a_disc_covers_the_dots_whose_middle_lies_in_it() -> None:
    canvas = Canvas(4, 2, INKS)
    canvas.fill([(4, 4, 2.1)], "pale")
    assert canvas.dots() == [0, 0, 0b00011000, 0b00111100, 0b00111100, 0b00011000, 0, 0]


def test_a_limb_covers_what_lies_between_its_ends() -> None:
    canvas = Canvas(6, 1, INKS)
    canvas.fill([(2, 2, 1), (10, 2, 1)], "pale")
    assert canvas.dots()[1:3] == [0b011111111110] * 2


def test_what_is_painted_later_takes_the_dots_of_what_was_there() -> None:
    canvas = Canvas(2, 1, INKS)
    canvas.fill([(2, 2, 3)], "strong")
    canvas.fill([(2, 2, 1.1)], "pale")
    assert canvas.dots("pale") == [0, 0b0110, 0b0110, 0]
    assert canvas.dots("strong") == [0b1111, 0b1001, 0b1001, 0b1111]


def test_clearing_takes_the_dots_of_some_inks_only() -> None:
    canvas = Canvas(2, 1, INKS)
    canvas.line([(0, 0), (3, 0)], "pale")
    canvas.line([(0, 1), (3, 1)], "strong")
    canvas.clear([(2, 1, 9)], ["strong"])
    assert canvas.dots() == [0b1111, 0, 0, 0]


def test_a_light_fill_covers_with_half_of_the_dots_or_fewer() -> None:
    counts = []
    for fill in ("full", "half", "sparse"):
        canvas = Canvas(20, 10, INKS)
        canvas.fill([(20, 20, 16)], "pale", fill)
        counts.append(sum(row.bit_count() for row in canvas.dots()))
    assert counts[1] == counts[0] / 2
    assert counts[2] < counts[0] / 6


def test_a_cell_has_the_ink_of_most_of_its_dots_and_an_empty_one_none() -> None:
    canvas = Canvas(4, 1, INKS)
    canvas.line([(0, 0), (5, 0)], "pale")
    canvas.line([(2, 1), (5, 1)], "strong")
    canvas.line([(2, 2), (2, 2)], "strong")
    assert canvas.lines() == ((Run("⠉", "pale"), Run("⠟⠛", "strong"), Run(" ", "")),)


def test_the_hull_leaves_out_what_lies_inside() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(hull([*square, (2.0, 2.0), (2.0, 0.0)])) == sorted(square)
