"""An unpacked archive, and an environment that has neither Python nor the project."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_TIMEOUT_S = 600
_NOBODY = 65534


@dataclass
class Bundle:
    """The executable, run as a new user with ``home`` would, in ``folder``."""

    executable: Path
    home: Path
    folder: Path
    environment: dict[str, str]
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run to the end and return what came out."""
        return subprocess.run(
            [self.executable, *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_TIMEOUT_S,
            check=False,
        )

    def start(
        self, *arguments: str | Path, nobody: bool = False, **environment: str
    ) -> subprocess.Popen[str]:
        """Start and leave running; ``nobody``: with no right to write anywhere but /tmp."""
        process = subprocess.Popen(
            [self.executable, *arguments],
            env=self.environment | environment,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            user=_NOBODY if nobody else None,
            group=_NOBODY if nobody else None,
            extra_groups=[] if nobody else None,
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        for process in self._started:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def unpacked() -> Iterator[Path]:
    """The folder into which the archive was unpacked, readable by everyone."""
    with tempfile.TemporaryDirectory(prefix="Digitpad \N{GREEK SMALL LETTER PI} ") as name:
        folder = Path(name)
        folder.chmod(0o755)
        archive = os.environ["DIGITPAD_ARCHIVE"]
        if sys.platform == "darwin":
            subprocess.run(["ditto", "-x", "-k", archive, folder], check=True)
        elif archive.endswith(".zip"):
            shutil.unpack_archive(archive, folder)
        else:
            shutil.unpack_archive(archive, folder, filter="tar")
        yield folder


@pytest.fixture(scope="session")
def executable(unpacked: Path) -> Path:
    inside = {
        "darwin": "Digitpad.app/Contents/MacOS/digitpad",
        "win32": "digitpad/digitpad-cli.exe",
    }
    return unpacked / inside.get(sys.platform, "digitpad/digitpad")


@pytest.fixture
def bundle(executable: Path) -> Iterator[Bundle]:
    with tempfile.TemporaryDirectory(prefix="Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} M ") as name:
        home, folder = Path(name) / "home", Path(name) / "work"
        for path in (home.parent, home, folder):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)
        bundle = Bundle(executable, home, folder, environment_of(home))
        yield bundle
        bundle.close()


def environment_of(home: Path) -> dict[str, str]:
    """Return what a new user's programs find in their environment."""
    kept = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "COMSPEC", "DISPLAY")
    path = os.environ["SYSTEMROOT"] if sys.platform == "win32" else "/usr/bin:/bin"
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **({"LANG": "C.UTF-8"} if sys.platform == "linux" else {}),
        **dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home)),
        "PATH": path,
        "QT_QPA_PLATFORM": "offscreen",
    }


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    """Return once ``what()`` holds; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)
