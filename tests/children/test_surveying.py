from pathlib import Path

from pytestqt.qtbot import QtBot

from digitpad.children.surveying import SurveyRun
from digitpad.core.formats.ink_lines import format_ink_line
from digitpad.core.ink import Ink, Stroke
from digitpad.core.survey import SetRead

LINE = format_ink_line(Ink((Stroke.of([(0, 0), (3, 40), (5, 90)]),)), "1")


def test_data_are_read_in_a_process_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    good, bad = tmp_path / "ones.jsonl", tmp_path / "bad.jsonl"
    good.write_bytes(LINE * 300)
    bad.write_bytes(LINE + b"{}\n")
    run = SurveyRun([str(good), str(bad)])
    steps: list[tuple[str, int, int]] = []
    found: list[SetRead] = []
    faults: list[str] = []
    run.progressed.connect(lambda *step: steps.append(step))
    run.set_read.connect(found.append)
    run.set_refused.connect(lambda reason, _: faults.append(reason))
    with qtbot.waitSignal(run.finished, timeout=60_000):
        run.start()
    assert steps == [("ones.jsonl", 0, 2), ("bad.jsonl", 1, 2)]
    assert [(one.name, one.counts[1], len(one.labels)) for one in found] == [("ones", 300, 200)]
    assert found[0].pixels().max() == 255
    assert len(faults) == 1
    assert "bad.jsonl, line 2" in faults[0]
    run.deleteLater()


def test_it_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    run = SurveyRun([str(tmp_path)])
    run.start()
    with qtbot.waitSignal(run.stopped, timeout=10_000):
        run.stop()
    run.deleteLater()
