import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.training.events import Preparing
from tests.train.conftest import sample
from train.data import Drawings
from train.workshop import Kind, Made, Material, Order, make_all

ROOT = Path(__file__).parents[2]
DIGITS = Drawings("digits", tuple(map(sample, range(10))), tuple("0123456789"), ("a", "b") * 5)
OTHERS = Drawings("others", (sample(4), sample(5)), ("x", "y"), ("a", "b"))
ORDERS = (
    Order(Kind.DIGITS, 0, range(60)),
    Order(Kind.OTHERS, 0, range(6)),
    *(Order(Kind.MADE_UP, number, range(8)) for number in range(7)),
    Order(Kind.BEGUN, 0, range(9)),
    Order(Kind.BEGUN, 1, range(5)),
)


def made(processes: int, seed: int = 1) -> list[Made]:
    return told(processes, seed)[1]


def told(processes: int, seed: int = 1) -> tuple[list[Preparing], list[Made]]:
    steps = make_all(Material((DIGITS,), (OTHERS,), 6, seed), ORDERS, processes)
    events = []
    while True:
        try:
            events.append(next(steps))
        except StopIteration as end:
            return events, end.value


def same(some: list[Made], others: list[Made]) -> bool:
    return all(
        np.array_equal(images, again) and np.array_equal(classes, their_classes)
        for (images, classes), (again, their_classes) in zip(some, others, strict=True)
    )


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("train.workshop._WORTH_A_PROCESS", 0)


def test_several_processes_draw_what_one_draws() -> None:
    alone = made(1)
    assert [len(images) for images, _ in alone] == [60, 6, *[8] * 7, 9, 5]
    assert alone[0][1].tolist() == [digit for digit in range(10) for _ in range(6)]
    assert same(alone, made(2))
    assert not same(alone, made(1, seed=2))


def test_no_two_portions_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("train.workshop._PORTION", 4)
    images = np.concatenate([images for images, _ in made(1)[2:]])
    drawn = images[images.any(axis=(1, 2))]
    assert len(np.unique(drawn, axis=0)) == len(drawn)


@pytest.mark.parametrize("processes", [1, 2])
def test_it_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    monkeypatch.setattr("train.workshop._TELL_EVERY", 0.0)
    monkeypatch.setattr("train.workshop._PORTION", 10)
    events, _ = told(processes)
    shares = [event.share for event in events]
    assert len(shares) > 10
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert events[-1].seconds_left == 0
    assert events[0].seconds_left > 0


def test_drawing_loads_no_torch() -> None:
    code = "import sys, train.workshop; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def dies(_: bytes) -> None:
    os._exit(1)


def test_where_processes_die_this_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("train.workshop._open", dies)
    assert same(made(2), made(1))


def within(seconds: float, read: Callable[[], bytes]) -> bytes | None:
    """Return what is read, None where that takes longer."""
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(read()), daemon=True)
    reader.start()
    reader.join(seconds)
    return found[0] if found else None


def test_processes_end_with_a_parent_that_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.train.drawers"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        bufsize=0,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ) as parent:
        pipe = parent.stdout
        assert pipe is not None
        try:
            assert within(120, lambda: pipe.readline() + pipe.readline()) == b"working\n" * 2
        finally:
            parent.kill()
        assert within(30, pipe.read) == b""  # once nobody holds the pipe any more
