"""Files of ink lines, whole and broken."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.core.errors import InputError
from digitpad.core.formats import ink_lines
from digitpad.core.formats.ink_lines import (
    format_ink_line,
    is_ink_lines,
    parse_ink_line,
    read_ink_lines,
)
from digitpad.core.ink import Ink, Stroke
from tests.drawings import inks

SEVEN = '{"label": "7", "writer": "ann", "strokes": [[[0, 0], [9, 0.5]], [[3, 4]]]}'
names = st.none() | st.text()


def test_a_line_as_in_the_data_sets_is_read() -> None:
    drawn = parse_ink_line(SEVEN, "x", 3)
    assert (drawn.label, drawn.writer, drawn.line) == ("7", "ann", 3)
    assert drawn.ink == Ink((Stroke.of([(0, 0), (9, 0.5)], 0.0), Stroke.of([(3, 4)], 0.0)))


def test_label_and_writer_may_be_missing_and_a_label_may_be_a_number() -> None:
    assert parse_ink_line('{"strokes": []}', "x", 1).label is None
    assert parse_ink_line('{"strokes": [], "label": 7}', "x", 1).label == "7"


def test_more_points_than_a_person_draws_are_refused() -> None:
    ink = Ink((Stroke.of([(1, 2)] * 60_000),) * 2)
    with pytest.raises(InputError, match="x, line 3 has 120,000 points; a drawing may have at"):
        parse_ink_line(format_ink_line(ink), "x", 3)


def test_points_are_counted_before_any_of_them_is_looked_at() -> None:
    line = json.dumps({"strokes": [["no point"], *[[[1, 2]]] * 100_000]})
    with pytest.raises(InputError, match="x, line 3 has 100,001 points"):
        parse_ink_line(line, "x", 3)


@given(inks, names, names)
def test_ink_comes_back_exactly(ink: Ink, label: str | None, writer: str | None) -> None:
    line = format_ink_line(ink, label, writer)
    assert line.count(b"\n") == 1
    back = parse_ink_line(line, "x", 1)
    assert (back.ink, back.label, back.writer) == (ink, label, writer)


def test_plain_and_gzipped_files_are_read_alike(tmp_path: Path) -> None:
    text = f"{SEVEN}\n\n  \n{SEVEN}".encode()
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.JSONL.gz"
    plain.write_bytes(text)
    packed.write_bytes(gzip.compress(text))
    for path in (plain, packed):
        assert is_ink_lines(path)
        assert [drawn.line for drawn in read_ink_lines(path)] == [1, 4]


def test_more_than_memory_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ink_lines, "MAX_BYTES", 2**20)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 2**20 + SEVEN.encode()))
    assert len(list(ink_lines.raw_lines(path))) == 1
    with pytest.raises(InputError, match=r"a\.jsonl\.gz has more than 1 MB of drawings"):
        list(read_ink_lines(path))


def test_empty_lines_without_end_are_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(SEVEN.encode() + b"\n" * 2**20 + b" \n" * 9))
    with pytest.raises(InputError, match=r"a\.jsonl\.gz is empty for too long before line 1,048,5"):
        list(ink_lines.raw_lines(path))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7",
        "[]",
        "{}",
        '{"strokes": 7}',
        '{"strokes": [], "writer": "\\ud800"}',
        '{"strokes": [[]]}',
        '{"strokes": [[[1]]]}',
        '{"strokes": [[["1", "b"]]]}',
        '{"strokes": [[[1, NaN]]]}',
        '{"strokes": [[[1, 1e400]]]}',
        '{"strokes": [[[1, null]]]}',
        '{"strokes": [[[[1], [2]]]]}',
        '{"strokes": [{"x": 1}]}',
        '{"strokes": [[[1, 2]]], "widths": []}',
        '{"strokes": [[[1, 2]]], "widths": [-1]}',
        '{"strokes": [[[1, 2]]], "widths": [1e300]}',
        '{"strokes": [[[1, 2]]], "widths": ["7"]}',
        '{"strokes": [[[1, 2]]], "widths": [true]}',
        '{"strokes": [[[1' + "0" * 5000 + ", 2]]]}",
        "[" * 100_000,
    ],
)
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl, line 12 is not an ink line"):
        parse_ink_line(line, "a.jsonl", 12)


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(
        lambda value: json.dumps({"strokes": value}).encode()
    )
)
def test_any_line_is_read_or_refused(line: bytes) -> None:
    try:
        drawn = parse_ink_line(line, "x", 1)
    except InputError:
        return
    assert all(np.isfinite(stroke.points).all() for stroke in drawn.ink.strokes)


def test_a_cut_gzip_file_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(SEVEN.encode() * 200)[:-20])
    with pytest.raises(InputError, match="is truncated or not gzip"):
        list(read_ink_lines(path))
    path.write_bytes(b"not gzip at all")
    with pytest.raises(InputError, match="is truncated or not gzip"):
        list(read_ink_lines(path))
    path.write_bytes(gzip.compress(b"x")[:10] + b"\xff" * 30)
    with pytest.raises(InputError, match="is truncated or not gzip"):
        list(read_ink_lines(path))


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        list(read_ink_lines(tmp_path / "none.jsonl"))


def test_a_line_without_end_is_refused_before_memory_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ink_lines, "MAX_LINE_BYTES", 1000)
    path = tmp_path / "bomb.jsonl.gz"
    # read to its end, it would be found cut short
    path.write_bytes(gzip.compress(b" " * 10_000_000)[:-20])
    with pytest.raises(InputError, match="line 1 is too long"):
        list(read_ink_lines(path))
