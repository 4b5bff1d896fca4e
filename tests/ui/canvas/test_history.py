from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from digitpad.core.drawing import Drawing
from digitpad.core.ink import Ink
from digitpad.ui.canvas.history import History


@given(st.lists(st.sampled_from(["replace", "undo", "redo"]), max_size=40))
def test_undo_and_redo_walk_along_what_was_drawn(steps: list[str]) -> None:
    parent = QObject()
    history = History(parent)
    told: list[Drawing] = []
    history.drawing_replaced.connect(told.append)
    line, at = [(history.drawing, "")], 0
    for number, step in enumerate(steps):
        if step == "replace":
            line, at = [*line[: at + 1], (Ink(), f"step {number}")], at + 1
            history.replace(*line[at])
        elif step == "undo":
            at = max(at - 1, 0)
            history.undo()
        else:
            at = min(at + 1, len(line) - 1)
            history.redo()
        assert history.drawing is line[at][0]
        assert history.undo_text() == line[at][1]
        assert history.redo_text() == (line[at + 1][1] if at + 1 < len(line) else "")
    assert not told or told[-1] is history.drawing


def test_a_long_sitting_keeps_its_last_steps() -> None:
    parent = QObject()
    history = History(parent)
    drawings = [Ink() for _ in range(600)]
    for drawing in drawings:
        history.replace(drawing, "stroke")
    for _ in drawings:
        history.undo()
    assert history.drawing is drawings[99]
    for _ in drawings:
        history.redo()
    assert history.drawing is drawings[-1]


def test_what_all_began_from_takes_no_step_away() -> None:
    history = History(parent := QObject())
    drawings = [Ink() for _ in range(500)]
    for drawing in drawings[:499]:
        history.replace(drawing, "stroke")
    history.begin_from(last := Ink(), "new drawing")
    for _ in range(500):
        history.undo()
    assert history.drawing is last
    for _ in range(500):
        history.redo()
    history.replace(drawings[499], "stroke")
    history.begin_from(Ink(), "new drawing")
    history.undo()
    assert history.drawing is drawings[498]
    del parent


def test_it_tells_what_can_be_undone_and_redone() -> None:
    parent = QObject()
    history = History(parent)
    told: list[tuple[bool, bool]] = []
    history.undo_changed.connect(lambda undo, redo: told.append((undo, redo)))
    history.undo()
    history.redo()
    assert told == []
    history.replace(Ink(), "stroke")
    history.undo()
    history.redo()
    assert told == [(True, False), (False, True), (True, False)]
