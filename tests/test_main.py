import os
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad import __version__
from digitpad.__main__ import has_display, main


def digitpad(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "digitpad", *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"Digitpad {__version__}\n"


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["--screenshot", "x.png"], ["a", "b"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: digitpad" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")
def test_without_a_display_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    ran = digitpad(HOME=str(tmp_path), XDG_STATE_HOME=str(tmp_path))
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "needs a display" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")
def test_a_display_is_seen_by_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


def test_the_child_job_needs_no_qt() -> None:
    code = (
        "import sys; from digitpad.__main__ import main; main(['--job', 'nothing']);"
        "import digitpad.core.recognition_job; sys.exit('PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
