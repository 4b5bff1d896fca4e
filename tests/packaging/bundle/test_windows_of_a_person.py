"""The window as a person opens it: with a file, twice, in a home that is not theirs to write."""

import os
import shutil
import sys
from pathlib import Path
from subprocess import Popen

import pytest

from digitpad import resources
from tests.packaging.bundle.conftest import Bundle, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def recogniser_of(window: Popen[str]) -> list[str]:
    """Return the command line of the window's recogniser, empty while there is none."""
    assert window.poll() is None, window.communicate()
    children = Path(f"/proc/{window.pid}/task/{window.pid}/children").read_text().split()
    for child in children:
        words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        if "recognise" in words:
            return words
    return []


def text_of(folder: Path, pattern: str) -> str:
    return "".join(file.read_text("utf-8", "replace") for file in folder.rglob(pattern))


def test_a_file_given_on_the_command_line_opens(bundle: Bundle) -> None:
    file = Path(shutil.copy(resources.sample_ink() / "7.inkml", bundle.folder / "seven.inkml"))
    window = bundle.start(file)
    wait_for(lambda: "seven.inkml" in text_of(bundle.home, "settings.ini"))
    wait_for(lambda: recogniser_of(window) != [])
    assert "Traceback" not in text_of(bundle.home, "*.log")


def test_two_copies_run_at_once(bundle: Bundle) -> None:
    windows = [bundle.start(), bundle.start()]
    wait_for(lambda: all(recogniser_of(window) for window in windows))
    assert "Traceback" not in text_of(bundle.home, "*.log")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can be nobody"
)
def test_it_starts_in_a_home_that_cannot_be_written(bundle: Bundle) -> None:
    window = bundle.start(nobody=True)
    wait_for(lambda: recogniser_of(window) != [])
    window.terminate()
    _, said = window.communicate()
    assert "Traceback" not in said
    assert list(bundle.home.iterdir()) == []


def test_without_a_display_it_says_so_in_a_sentence(bundle: Bundle) -> None:
    environment = dict(bundle.environment)
    bundle.environment = {
        k: v for k, v in environment.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    process = bundle.run()
    assert process.returncode == 1
    assert process.stderr.startswith("Digitpad needs a display")
    assert len(process.stderr.splitlines()) == 1
