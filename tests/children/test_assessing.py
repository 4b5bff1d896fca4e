from pathlib import Path

from pytestqt.qtbot import QtBot

from digitpad.children.assessing import AssessmentRun
from digitpad.core.evaluation.evaluation import Evaluation
from digitpad.core.evaluation.events import Assessed
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.ink import Ink, Stroke

LINE = format_ink_line(Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),)), "1")


def test_a_model_is_judged_in_a_process_of_its_own(
    qtbot: QtBot, model: Path, tmp_path: Path
) -> None:
    data, out = tmp_path / "ones.jsonl", tmp_path / "e.npz"
    data.write_bytes(LINE * 300)
    run = AssessmentRun(model, [str(data)], out, "ones")
    steps: list[tuple[int, int]] = []
    run.progressed.connect(lambda done, total: steps.append((done, total)))
    with qtbot.waitSignal(run.finished, timeout=60_000) as finished:
        run.start()
    evaluation = Evaluation.load(out)
    assert finished.args == [Assessed(str(out), "ones", 300, evaluation.accuracy)]
    assert (evaluation.model, evaluation.data, len(evaluation)) == ("tiny", "ones", 300)
    assert steps == [(0, 300), (256, 300)]
    run.deleteLater()


def test_what_goes_wrong_is_told_in_words(qtbot: QtBot, model: Path, tmp_path: Path) -> None:
    run = AssessmentRun(model, [str(tmp_path / "gone")], tmp_path / "e.npz", "gone")
    with qtbot.waitSignal(run.failed, timeout=60_000) as failed:
        run.start()
    assert failed.args is not None
    assert "There is no file or folder" in failed.args[0]
    run.deleteLater()


def test_it_can_be_stopped(qtbot: QtBot, model: Path, tmp_path: Path) -> None:
    data, out = tmp_path / "ones.jsonl", tmp_path / "e.npz"
    data.write_bytes(LINE)
    run = AssessmentRun(model, [str(data)], out, "ones")
    run.start()
    with qtbot.waitSignal(run.stopped, timeout=10_000):
        run.stop()
    assert not out.exists()
    run.deleteLater()
