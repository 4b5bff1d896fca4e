import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from digitpad import resources

MISLABELLED = """
import sys
from pathlib import Path
from digitpad import resources, self_test
resources.sample_ink = lambda: Path(sys.argv[1])
sys.exit(self_test.run(None))
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_reads_all_ten_digits_and_leaves_a_screenshot(tmp_path: Path) -> None:
    screenshot = tmp_path / "new" / "window.png"
    ran = python("-m", "digitpad", "--self-test", "--screenshot", str(screenshot))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = json.loads(ran.stdout)
    assert report["drawn"] == report["read"] == list(range(10))
    for time in ("first_window_ms", "first_prediction_ms"):
        assert report[time] > 0
    assert 0 < report["pen_to_bars_p50_ms"] <= report["pen_to_bars_p99_ms"]
    image = QImage(str(screenshot))
    assert image.width() >= 600
    assert image.height() >= 400


def test_fails_when_its_screenshot_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    screenshot = tmp_path / "file" / "window.png"
    ran = python("-m", "digitpad", "--self-test", "--screenshot", str(screenshot))
    assert ran.returncode == 1
    report = json.loads(ran.stdout)
    assert report["passed"] is False
    assert "could not be written" in report["problem"]


def test_fails_when_a_digit_is_read_as_another(tmp_path: Path) -> None:
    seven = (resources.sample_ink() / "7.inkml").read_text()
    (tmp_path / "2.inkml").write_text(seven.replace(">7</annotation>", ">2</annotation>"))
    ran = python("-c", MISLABELLED, str(tmp_path))
    assert ran.returncode == 1, ran.stderr
    report = json.loads(ran.stdout)
    assert (report["passed"], report["drawn"], report["read"]) == (False, [2], [7])
