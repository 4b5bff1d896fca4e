"""``digitpad predict`` on every kind of input, good and bad."""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from digitpad import predict
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.formats.inkml import write_inkml
from digitpad.core.ink import Ink, Stroke
from tests.drawings import coverage, painted, sample_digits

SCRIBBLE = Ink((Stroke.of([(x, 50 * (x % 7)) for x in range(90)]),))


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    predict.add_arguments(parser)
    return predict.run(parser.parse_args([str(argument) for argument in arguments]))


def run_json(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[dict[str, Any]], str]:
    status = run("--json", *arguments)
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a picture of a 3, an InkML file of a 7 and three ink lines."""
    share = coverage(sample_digits()[3], (200, 200), 120, 0.1)
    picture = Image.fromarray(np.rint(painted(share)).astype(np.uint8))
    picture.save(tmp_path / "a three.png")
    (tmp_path / "b.inkml").write_bytes(write_inkml(sample_digits()[7], "7"))
    lines = (
        format_ink_line(sample_digits()[2], "2"),
        b"\n",
        format_ink_line(sample_digits()[4]),
        format_ink_line(Ink(), "blank"),
    )
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"".join(lines)))
    (tmp_path / "notes.txt").write_text("no drawing")
    return tmp_path


def test_json_gives_one_object_a_drawing_in_order(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [folder / "c.jsonl.gz", folder / "a three.png", folder / "b.inkml"]
    status, records, err = run_json(capsys, *paths)
    assert (status, err) == (0, "")
    assert [r["source"] for r in records] == [str(paths[i]) for i in (0, 0, 0, 1, 2)]
    assert [r["digit"] for r in records] == [2, 4, None, 3, 7]
    assert [r.get("line") for r in records] == [1, 3, 4, None, None]
    assert [r.get("label") for r in records] == ["2", None, "blank", None, "7"]
    assert all("label" not in r or r["label"] for r in records)
    for record in records:
        assert len(record["probabilities"]) == 10
        assert all(p == round(p, 6) for p in record["probabilities"])
        if record["digit"] is not None:
            assert record["confidence"] == max(record["probabilities"])


def test_a_blank_drawing_has_no_digit_and_ten_zeros(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("L", (30, 30), 255).save(folder / "blank.png")
    _, (record,), _ = run_json(capsys, folder / "blank.png")
    assert record == {
        "source": str(folder / "blank.png"),
        "digit": None,
        "confidence": 1.0,
        "probabilities": [0.0] * 10,
    }


def test_a_folder_is_its_files_sorted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = folder / "aa"
    inner.mkdir()
    (inner / "z.INKML").write_bytes(write_inkml(sample_digits()[1]))
    status, records, _ = run_json(capsys, folder)
    assert status == 0
    names = [Path(r["source"]).name for r in records]
    assert names == ["a three.png", "z.INKML", "b.inkml", *["c.jsonl.gz"] * 3]


def test_text_has_a_readable_line_a_drawing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "no.inkml").write_bytes(write_inkml(SCRIBBLE))
    assert run(folder / "c.jsonl.gz", folder / "no.inkml") == 0
    lines = capsys.readouterr().out.splitlines()
    where = [line.index(str(folder)) for line in lines]
    assert len(set(where)) == 1, "the columns are aligned"
    said = [line[: where[0]].split() for line in lines]
    assert said[0][0] == "2"
    assert said[0][1].endswith("%")
    assert said[2] == ["blank"]
    assert said[3][:3] == ["not", "a", "digit"]
    assert lines[1].endswith("c.jsonl.gz:3")


def test_what_cannot_be_read_gets_a_line_and_the_rest_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.png").write_bytes(b"no picture")
    (folder / "bad.inkml").write_bytes(b"<ink>")
    (folder / "bad.jsonl").write_bytes(b"{}\n" + format_ink_line(sample_digits()[5]))
    (folder / "empty").mkdir()
    bad = [folder / name for name in ("bad.png", "bad.inkml", "bad.jsonl", "none.jsonl", "empty")]
    status, records, err = run_json(capsys, *bad, folder / "b.inkml")
    assert status == 1
    assert [r["digit"] for r in records] == [5, 7]
    for path in bad:
        (line,) = [line for line in err.splitlines() if str(path) in line]
        assert line.startswith("digitpad: ")
    assert "bad.jsonl, line 1" in err


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
def test_a_name_gives_the_terminal_no_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "\x1b[2J7\n\u202eü.inkml", tmp_path / "\x1b[2Jbad.png"
    good.write_bytes(write_inkml(sample_digits()[7]))
    bad.write_bytes(b"no picture")
    assert run(good, bad) == 1
    out, err = capsys.readouterr()
    assert r"\x1b[2J7\n\u202eü.inkml" in out
    assert r"\x1b[2Jbad.png" in err
    assert "\x1b" not in out + err
    assert run_json(capsys, good)[1][0]["source"] == str(good)


def test_a_file_of_broken_lines_does_not_flood_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b'{"message": "x"}\n' * 1000)
    assert run(path) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) < 10
    assert "1000 lines" in err


def test_a_model_that_cannot_be_read_is_said_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = folder / "bad.safetensors"
    model.write_bytes(b"x")
    assert run("--model", model, folder) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "bad.safetensors" in err


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--nonsense", "x"], ["x", "--model"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_ten_thousand_ink_lines_are_quick(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = 1000
    digits = sample_digits()
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"".join(format_ink_line(digits[i % 10], str(i % 10)) for i in range(count)))
    started = time.process_time()
    status, records, _ = run_json(capsys, path)
    seconds = time.process_time() - started
    assert status == 0
    assert [r["line"] for r in records] == list(range(1, count + 1))
    assert all(str(r["digit"]) == r["label"] for r in records)
    assert seconds / count < 20 / 10_000


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(format_ink_line(sample_digits()[0]) * 2000)
    command = [sys.executable, "-m", "digitpad", "predict", "--json", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline().startswith(b'{"source"')
        child.stdout.close()
        assert child.stderr.read() == b""


def test_nothing_of_qt_is_loaded(folder: Path) -> None:
    code = (
        "import sys; from digitpad.__main__ import main;"
        f"status = main(['predict', {str(folder)!r}]);"
        "sys.exit(status or any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_a_terminal_shows_progress(folder: Path) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    command = [sys.executable, "-m", "digitpad", "predict", str(folder)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "5/5" in shown
    assert len(done.stdout.splitlines()) == 5
