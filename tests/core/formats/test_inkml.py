"""InkML: ours comes back exactly, that of others is understood, broken files are refused."""

import time
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.core.errors import InputError
from digitpad.core.formats.inkml import read_inkml, read_labelled_inkml, write_inkml
from digitpad.core.ink import DEFAULT_PEN_WIDTH, MAX_POINTS, Ink, Stroke
from tests.drawings import inks, sample_digits

XY = '<traceFormat><channel name="X"/><channel name="Y"/></traceFormat>'


def points(body: str) -> list[list[float]]:
    """Return the points of the only stroke of a document with ``body``."""
    (stroke,) = read_inkml(f"<ink>{body}</ink>".encode(), "x").strokes
    rows: list[list[float]] = stroke.points.tolist()
    return rows


@given(inks, st.none() | st.sampled_from(["7", "ü", "<&>"]))
def test_ink_comes_back_exactly(ink: Ink, label: str | None) -> None:
    assert read_labelled_inkml(write_inkml(ink, label), "x") == (ink, label)


def test_what_is_written_is_as_the_standard_wants_it() -> None:
    ink = Ink((Stroke.of([(1, 2, 0.5), (1e-7, 4, 1)], 18), Stroke.of([(5, 6)], 3)))
    root = fromstring(write_inkml(ink, "7"))
    space = "{http://www.w3.org/2003/InkML}"
    assert root.tag == f"{space}ink"
    channels = root.findall(f"{space}definitions/{space}context/{space}traceFormat/{space}channel")
    assert [channel.get("name") for channel in channels] == ["X", "Y", "F"]
    brushes = root.findall(f"{space}definitions/{space}brush/{space}brushProperty")
    assert [(b.get("name"), b.get("value")) for b in brushes] == [("width", "18"), ("width", "3")]
    traces = root.findall(f"{space}trace")
    assert [trace.text for trace in traces] == ["1 2 0.5, 0.0000001 4 1", "5 6 1"]


def test_the_standards_own_example_of_differences_is_read() -> None:
    text = """1125 18432,'23'43,"7"-8,3-5,7-3,6 2,6 8,3 6,3 2"""
    assert [row[:2] for row in points(f"<trace>{text}</trace>")] == [
        [1125, 18432],
        [1148, 18475],
        [1178, 18510],
        [1211, 18540],
        [1251, 18567],
        [1297, 18596],
        [1349, 18633],
        [1404, 18676],
        [1462, 18721],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 2, 3 4", [[1, 2], [3, 4]]),
        ("!1 !2, !3!4", [[1, 2], [3, 4]]),
        ("1 2, '3 '4, 1 1, !9 !9, 5 5", [[1, 2], [4, 6], [5, 7], [9, 9], [5, 5]]),
        ("1 2, * 4, 3 *", [[1, 2], [1, 4], [3, 4]]),
        ("1 2, '3 '4, * *", [[1, 2], [4, 6], [7, 10]]),
        ("-1.5-.5, +2 3e1", [[-1.5, -0.5], [2, 30]]),
        ("#A #-1F", [[10, -31]]),
        ("1 2, '1 '1, \"1 \"1, * *", [[1, 2], [2, 3], [4, 5], [7, 8]]),
        ('1 2, T F, 5 "6', [[1, 2], [1, 0], [5, 4]]),
        ("1 2, ? 3, 4 5", [[1, 2], [4, 5]]),
        ("1 2 9 8, 3 4 7 6,", [[1, 2], [3, 4]]),
    ],
)
def test_every_way_to_write_points_is_read(text: str, expected: list[list[float]]) -> None:
    assert [row[:2] for row in points(f"<trace>\n {text} </trace>")] == expected


def test_channels_come_in_the_order_of_their_format() -> None:
    other = "".join(f'<channel name="{name}"/>' for name in ("T", "y", "F", "x"))
    rows = points(f"<traceFormat>{other}</traceFormat><trace>7 2 0.5 1, 8 4 1 3</trace>")
    assert rows == [[1, 2, 0.5], [3, 4, 1]]


def test_pressure_is_taken_relative_to_its_limits_or_to_the_hardest_press() -> None:
    limited = '<channel name="X"/><channel name="Y"/><channel name="F" max="1024"/>'
    assert points(f"<traceFormat>{limited}</traceFormat><trace>0 0 512</trace>") == [[0, 0, 0.5]]
    free = limited.replace(' max="1024"', "")
    rows = points(f"<traceFormat>{free}</traceFormat><trace>0 0 100, 1 1 200</trace>")
    assert [row[2] for row in rows] == [0.5, 1]
    beyond = points(f"<traceFormat>{limited}</traceFormat><trace>0 0 2048, 1 1 -9, 2 2 ?</trace>")
    assert [row[2] for row in beyond] == [1, 0, 1]
    assert points(f"<traceFormat>{limited}</traceFormat><trace>0 0</trace>") == [[0, 0, 1]]
    from_24 = limited.replace(" max", ' min="24" max')
    assert points(f"<traceFormat>{from_24}</traceFormat><trace>0 0 524</trace>") == [[0, 0, 0.5]]


def test_an_axis_may_run_the_other_way() -> None:
    upward = '<channel name="X"/><channel name="Y" orientation="-ve"/>'
    assert points(f"<traceFormat>{upward}</traceFormat><trace>1 2</trace>")[0][:2] == [1, -2]


def test_a_trace_uses_the_context_of_its_group() -> None:
    swapped = '<traceFormat><channel name="Y"/><channel name="X"/></traceFormat>'
    contexts = f'<context id="a">{XY}</context><context id="b">{swapped}</context>'
    group = '<traceGroup contextRef="#b"><traceGroup><trace>1 2</trace></traceGroup></traceGroup>'
    assert points(f"<definitions>{contexts}</definitions>{group}")[0][:2] == [2, 1]


def test_pen_widths_come_from_brushes_and_otherwise_fit_the_drawing() -> None:
    brush = '<brush xml:id="b"><brushProperty name="width" value="7.5" units="px"/></brush>'
    with_brush = f'<ink>{brush}<trace brushRef="#b">0 0, 9 9</trace></ink>'.encode()
    assert read_inkml(with_brush, "x").strokes[0].width == 7.5
    without = read_inkml(b"<ink><trace>0 0, 2000 9</trace><trace>5 5</trace></ink>", "x")
    assert [stroke.width for stroke in without.strokes] == [200, 200]
    dot = read_inkml(b"<ink><trace>5 5</trace></ink>", "x")
    assert dot.strokes[0].width == DEFAULT_PEN_WIDTH
    for none in (b"-7.5", b"nan", b"inf"):
        assert read_inkml(with_brush.replace(b"7.5", none), "x").strokes[0].width == 0.9


def test_a_context_holds_or_refers_to_its_format_and_its_brush() -> None:
    form = '<traceFormat xml:id="f"><channel name="Y"/><channel name="X"/></traceFormat>'
    brush = '<brush xml:id="b"><brushProperty name="width" value="7.5"/></brush>'
    referring = f'{form}{brush}<context xml:id="c" traceFormatRef="#f" brushRef="#b"/>'
    for context in (f'<context xml:id="c">{form}{brush}</context>', referring):
        body = f'<definitions>{XY}{context}</definitions><trace contextRef="#c">1 2</trace>'
        (stroke,) = read_inkml(f"<ink>{body}</ink>".encode(), "x").strokes
        assert (stroke.points[0].tolist(), stroke.width) == ([2, 1, 1], 7.5)


def test_movements_above_the_paper_and_definitions_are_no_ink() -> None:
    body = (
        '<definitions><trace xml:id="t">1 1</trace></definitions><trace/>'
        '<trace type="penUp">2 2</trace><trace type="penDown">3 3</trace>'
    )
    assert points(body)[0][:2] == [3, 3]


def test_a_label_of_another_program_is_taken_without_what_surrounds_it() -> None:
    labelled = b'<ink><annotation type="Label">\n 7 </annotation><trace>1 2</trace></ink>'
    assert read_labelled_inkml(labelled, "x")[1] == "7"


def test_a_file_in_another_encoding_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><ink><trace>1 2</trace></ink>'
    assert read_inkml(text.encode("utf-16"), "x").strokes[0].points.tolist() == [[1, 2, 1]]


def test_a_file_without_ink_is_empty_ink() -> None:
    assert read_inkml(b"<ink/>", "x") == Ink()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", r"f\.inkml is not InkML: line 1"),
        (b"<ink>\n<trace>", r"f\.inkml is not InkML: line 2"),
        (b"\x00\xff", "not InkML"),
        (b"<svg/>", "starts with <svg>"),
        (b"<ink><trace>1 2, 3</trace></ink>", "in trace 1, point 2 has fewer than two coordinates"),
        (b"<ink><trace>1 2</trace><trace>1 x</trace></ink>", "in trace 2, point 1 is not made of"),
        (b"<ink><trace>1 1e999</trace></ink>", "in trace 1, a number is too large"),
        (b"<ink><trace>1 #" + b"F" * 300 + b"</trace></ink>", "in trace 1, int too large"),
        (b'<ink><traceFormat><channel name="X"/></traceFormat><trace>1 2</trace></ink>', "no X an"),
        (b'<ink><traceFormat><channel name="X" min="a"/></traceFormat></ink>', "cannot be read"),
        (b'<?xml version="1.0" encoding="x"?><ink/>', "encoding|not InkML"),
        (b'<?xml version="1.0" encoding="utf-7"?><ink/>', "encoding|not InkML"),
        (
            b'<!DOCTYPE ink [<!ENTITY a "1 2, "><!ENTITY b "&a;&a;&a;">]><ink>&b;</ink>',
            "defines XML entities",
        ),
        (
            b'<!DOCTYPE ink [<!ENTITY a SYSTEM "file:///etc/passwd">]><ink>&a;</ink>',
            "defines XML entities",
        ),
    ],
)
def test_a_broken_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_inkml(data, "f.inkml")


def test_more_points_than_a_person_draws_are_refused() -> None:
    half = ", ".join(["1 2"] * (MAX_POINTS // 2))
    most = f"<trace>{half}</trace><trace>{half}</trace>"
    assert read_inkml(f"<ink>{most}</ink>".encode(), "x").count_points() == MAX_POINTS
    with pytest.raises(InputError, match="f has 100,001 points; a drawing may have at most 10"):
        read_inkml(f"<ink>{most}<trace>1 2</trace></ink>".encode(), "f")


def test_deeply_nested_groups_do_no_harm() -> None:
    deep = b"<traceGroup>" * 20_000 + b"<trace>1 2</trace>" + b"</traceGroup>" * 20_000
    assert len(read_inkml(b"<ink>" + deep + b"</ink>", "x").strokes) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<trace>" + " " * 20_000 + "x</trace>",
        "<context id='c'>"
        + "<a/>" * 10_000
        + "</context>"
        + "<trace contextRef='#c' brushRef='#none'>1 2</trace>" * 10_000,
    ],
)
def test_what_a_file_repeats_takes_no_more_time_than_its_length(body: str) -> None:
    began = time.process_time()
    _read_or_refuse(f"<ink>{body}</ink>".encode())
    assert time.process_time() - began < 3


@given(
    st.text("0123456789.,!'\"*?-+#eEAFT \n<", max_size=40),
    st.sampled_from(["", '<channel name="F"/>', '<channel name="F" min="1" max="3"/>']),
)
def test_any_trace_is_read_or_refused(text: str, force: str) -> None:
    channels = XY.replace("</t", f"{force}</t")
    _read_or_refuse(f"<ink>{channels}<trace>{text}</trace></ink>".encode())


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = write_inkml(sample_digits()[7], "7")
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 40))
    _read_or_refuse(whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + gone :])


def _read_or_refuse(data: bytes) -> None:
    try:
        ink = read_inkml(data, "x")
    except InputError:
        return
    for stroke in ink.strokes:
        assert np.isfinite(stroke.points).all()
        assert stroke.width > 0
