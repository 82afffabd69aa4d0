"""The pain chart as text: what it shows without any colour."""

from datetime import date, timedelta

import pytest

from kneejournal.domain.day_states import DayState
from kneejournal.domain.series import DayPain
from kneejournal.widgets.pain_plot import PainPlot

SUNDAY = date(2026, 11, 22)
SIZES = [(w, h) for w in (1, 4, 5, 6, 9, 20, 36, 40, 76, 116, 200) for h in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 50)]


def days_of(*worst: int | None, means: float | None = None, late: bool = False) -> list[DayPain]:
    """A day for each number, the last of them today; all with the same mean."""
    first = SUNDAY - timedelta(days=len(worst) - 1)
    return [
        DayPain(
            day=first + timedelta(days=ahead),
            state="symptoms" if score else "clear" if score == 0 else "unlogged",
            worst=score,
            mean=means,
            is_late=late,
            ran=score == 1,
        )
        for ahead, score in enumerate(worst)
    ]


def zero(state: DayState, *, late: bool = False) -> DayPain:
    return DayPain(day=SUNDAY, state=state, worst=0, is_late=late)


def plot_of(
    days: list[DayPain], width: int = 76, height: int = 10, marked: date | None = None, *, both_knees: bool = False
) -> PainPlot:
    return PainPlot(days=days, began=days[0].day, width=width, height=height, marked=marked, both_knees=both_knees)


def text_of(plot: PainPlot) -> list[str]:
    return ["".join(cell.char for cell in line).rstrip() for line in plot.lines()]


def bars_of(plot: PainPlot) -> list[str]:
    """The lines between the title and the marks, without the scale."""
    lines = text_of(plot)
    return [line[5:] for line in lines[1 : next(i for i, line in enumerate(lines) if line.startswith("pain"))]]


def named(plot: PainPlot, name: str) -> str:
    return next(line for line in text_of(plot) if line.startswith(name))


def test_a_gap_a_zero_and_every_value_are_different_characters() -> None:
    line = named(plot_of(days_of(0, None, 1, 5, 10)), "pain")
    assert line.split() == ["pain", "0", "·", "1", "5", "X"]


def test_height_means_pain_on_a_fixed_scale() -> None:
    assert bars_of(plot_of(days_of(10, 5, 1, 0, None), width=15)) == [
        "█",
        "█",
        "█ ▄",
        "█ █",
        "█ █ ▄",
    ]
    assert [line[3:5].strip() or line[:5].strip() for line in text_of(plot_of(days_of(2)))[1:6]] == [
        "10", "", "5", "", "0",
    ]  # fmt: skip


def test_the_scale_stays_the_same_however_little_it_hurt() -> None:
    assert bars_of(plot_of(days_of(1), width=6))[-1] == "▖"
    assert bars_of(plot_of(days_of(1), width=6, height=15))[-1] == "▌"


def test_the_least_pain_is_seen_in_the_lowest_chart() -> None:
    assert "▄" in "".join(bars_of(plot_of(days_of(1, 0), height=6)))


def test_what_was_written_late_is_drawn_dotted_and_named() -> None:
    late = plot_of(days_of(4, late=True))
    assert "⣿" in "".join(bars_of(late))
    assert "█" not in "".join(text_of(late))
    assert "⣿ written late" in text_of(late)[-1]
    assert "⣿" not in "".join(text_of(plot_of(days_of(4))))


def test_the_mean_is_a_dotted_line_beside_and_across_the_bars() -> None:
    lines = bars_of(plot_of(days_of(9, 0, 9, 0, means=4.5), width=13))
    assert lines[2] == "⠤⠤⠤⠤⠤⠤⠤⠤"
    assert lines[1] == "█   █"
    assert lines[3] == "█   █"


def test_the_mean_does_not_hide_the_top_of_a_bar() -> None:
    assert bars_of(plot_of(days_of(2, 2, means=1.5), width=9))[-1] == "█⠉█⠉"


def test_no_mean_no_line_and_no_legend_of_it() -> None:
    text = "".join(text_of(plot_of(days_of(3, None, 3))))
    assert "mean" not in text
    assert not any("\u2800" < char <= "\u28ff" for char in text)


def test_runs_stand_in_a_line_of_their_own() -> None:
    assert named(plot_of(days_of(0, 1, 3), width=14), "run") == "run     ▲"


def test_a_zero_with_symptoms_or_medicine_or_written_late_does_not_look_like_a_day_without_anything() -> None:
    seen = [
        named(plot_of([day]), "pain").split()[1] for day in (zero("symptoms"), zero("masked"), zero("late", late=True))
    ]
    assert seen == ["✗", "◇", "◌"]


def test_days_before_the_journal_began_are_empty_and_not_gaps() -> None:
    days = days_of(None, None, 0, None)
    plot = PainPlot(days=days, began=days[2].day, width=9, height=10)
    assert named(plot, "pain") == "pain   0·"


@pytest.mark.parametrize("width", [36, 40, 76, 116, 200])
@pytest.mark.parametrize("count", [30, 90, 365])
def test_today_is_in_the_last_column_and_no_day_is_left_out(count: int, width: int) -> None:
    plot = plot_of(days_of(*[0] * (count - 1), 7), width=width)
    assert named(plot, "pain").endswith("7")
    columns = plot._columns()
    assert [day.day for column in columns for day in column.days] == [day.day for day in plot.days]
    assert columns[-1].left + columns[-1].cells <= width


def test_a_column_of_several_days_shows_the_worst_of_them_and_says_so() -> None:
    plot = plot_of(days_of(*[0] * 80, *[3, 0, None, 8, 0, 0, 1, 1, 2, 2]), width=76)
    assert text_of(plot)[0] == "Worst pain, 2 days a column"
    narrow = plot_of(days_of(*[0] * 365), width=36, marked=SUNDAY)
    assert text_of(narrow)[0] == "Worst of 12 days each  Sun 22 Nov: 0"
    assert named(plot, "pain").endswith("380" + "12")
    assert {cell.day for line in plot.lines() for cell in line} >= {SUNDAY - timedelta(days=6), SUNDAY}


def test_a_column_of_several_days_is_a_gap_only_when_all_of_them_are() -> None:
    line = named(plot_of(days_of(*[0] * 86, None, None, None, 0)), "pain")
    assert line.endswith("0·0")


def test_months_and_mondays_are_named_where_they_do_not_touch() -> None:
    axis = text_of(plot_of(days_of(*[0] * 30)))[-2]
    assert axis.split() == ["24", "Oct", "1", "Nov", "9", "16", "today"]
    assert text_of(plot_of(days_of(*[0] * 365)))[-2].split()[:4] == ["Dec", "Jan", "Feb", "Mar"]


@pytest.mark.parametrize("ahead", range(0, 60, 3))
def test_the_names_of_days_never_touch(ahead: int) -> None:
    days = [DayPain(day=SUNDAY + timedelta(days=ahead - back), state="clear", worst=0) for back in range(89, -1, -1)]
    for width in (40, 76, 116):
        axis = text_of(plot_of(days, width=width))[-2]
        assert axis.endswith("today")
        for name in axis.split("  "):
            assert len(name.split()) <= 2


def test_the_highlighted_day_is_said_in_words_and_in_fewer_where_there_is_little_room() -> None:
    days = days_of(3, 2, means=2.5)
    assert text_of(plot_of(days, marked=SUNDAY))[0].endswith("Sun 22 Nov: pain 2, 7-day mean 2.5")
    assert text_of(plot_of(days, width=36, marked=SUNDAY))[0].endswith("  Sun 22 Nov: 2")
    assert text_of(plot_of(days_of(None), marked=SUNDAY))[0].endswith("Sun 22 Nov: pain not written")
    here = [cell for line in plot_of(days, marked=SUNDAY).lines() for cell in line if cell.is_here]
    assert {cell.day for cell in here} == {SUNDAY}


def test_the_title_says_when_the_worst_is_that_of_two_knees() -> None:
    assert text_of(plot_of(days_of(3), both_knees=True))[0] == "Worst pain of each day, both knees"


def test_the_legend_names_every_mark_that_is_there_and_no_other() -> None:
    days = [*days_of(0, None, 10, 4, means=2.0), zero("symptoms"), zero("masked")]
    plot = PainPlot(days=days, began=days[0].day, width=116, height=10)
    legend = text_of(plot)[-1]
    for mark in ("█ pain", "⠒ 7-day mean", "0 no pain", "· not written", "X pain 10", "✗ symptoms", "◇ medicine"):
        assert mark in legend
    assert text_of(plot_of(days_of(3)))[-1] == "█ pain"


def test_forty_columns_are_readable() -> None:
    worst = [4, 3, None, 3, 2, 0, 0, 1, 0, 0] * 3
    assert text_of(plot_of(days_of(*worst, means=1.0), width=36, height=9, marked=SUNDAY)) == [
        "Worst of each day      Sun 22 Nov: 0",
        " 10",
        "",
        "  5  ▖         ▖         ▖",
        "  0  ▌▌⠤▌▌⠤⠤▖⠤⠤▌▌⠤▌▌⠤⠤▖⠤⠤▌▌⠤▌▌⠤⠤▖⠤⠤",
        "pain 43·320010043·320010043·3200100",
        "run         ▲         ▲         ▲",
        "     24 Oct  1 Nov   9        today",
        "█ pain  ⠒ mean  0 none  · gap",
    ]


@pytest.mark.parametrize("count", [1, 7, 30, 90, 365])
def test_no_size_is_too_small_or_too_large(count: int) -> None:
    worst = [None, 0, 10, 3, 1] * (count // 5 + 1)
    for width, height in SIZES:
        lines = plot_of(days_of(*worst[:count], means=2.2), width=width, height=height, marked=SUNDAY).lines()
        assert len(lines) <= height
        assert all(len(line) <= width for line in lines)
