"""A bundle's size and start beside one of an empty window and `import torch`.

`python -m tests.benchmarks.packaging dist/digitpad build/baseline` builds the empty one, with the
same PyInstaller, as it comes and pruned by the same rules, and measures all in turn (Linux); with
`sizes`, `warm` or `cold` behind it, that alone. The empty window shows itself first and never loads
torch, or, as "torch first", loads it before.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
ROUNDS = 5
_UNUSED = ("/torch/test/", "/torch/include/", "/torch/bin/", "/translations/")

EMPTY = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.tell)

    def tell(self):
        print(time.time(), flush=True)
        QApplication.quit()

if "torch" in sys.argv:
    import torch
application = QApplication(sys.argv)
window = Window()
window.resize(1000, 700)
window.show()
application.exec()
"""

SPEC = """
import sys
from pathlib import Path
sys.path.insert(0, {packaging!r})
import libraries, pruning, symbols
a = Analysis(["empty.py"], excludes=pruning.EXCLUDED_MODULES)
a.binaries = pruning.without_orphans(pruning.pruned(a.binaries), libraries.needed_by)
a.binaries = symbols.without_symbols(a.binaries, Path("stripped").absolute())
a.datas = pruning.pruned(a.datas)
exe = EXE(PYZ(a.pure), a.scripts, exclude_binaries=True, name="empty", upx=False)
COLLECT(exe, a.binaries, a.datas, upx=False, name="pruned")
"""


def build_empty(folder: Path) -> dict[str, Path]:
    """Build the two empty bundles in ``folder``; return their executables by name."""
    dist = folder / "dist"
    found = {"empty, as it comes": dist / "empty", "empty, pruned": dist / "pruned"}
    if not all(path.is_dir() for path in found.values()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "empty.py").write_text(EMPTY)
        packaging = str(ROOT / "assets" / "packaging")
        (folder / "pruned.spec").write_text(SPEC.format(packaging=packaging))
        for source in (["--onedir", "--specpath", "work", "empty.py"], ["pruned.spec"]):
            command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
            subprocess.run([*command, *source], cwd=folder, check=True)
    return {name: path / "empty" for name, path in found.items()}


def plainly_unused(path: str) -> bool:
    """Tell whether anyone would leave out this file: torch's tests, headers and tools, Qt's words.

    Without `torch_shm_manager`, torch cannot be imported.
    """
    return any(part in path for part in _UNUSED) and "torch_shm_manager" not in path


def size(bundle: Path, left_out: Callable[[str], bool]) -> float:
    """Return what the files of ``bundle`` hold, in MB, but for those ``left_out``."""
    files = (f for f in bundle.rglob("*") if f.is_file() and not left_out(str(f)))
    return sum(f.lstat().st_size for f in files) / 1e6


def compressed(bundle: Path, left_out: Callable[[str], bool]) -> float:
    """Return the size of a .tar.xz of ``bundle``, in MB, but for the files ``left_out``."""
    with tempfile.NamedTemporaryFile(dir=bundle.parent, suffix=".tar.xz") as file:
        with tarfile.open(fileobj=file, mode="w:xz", preset=1) as tar:
            tar.add(bundle, bundle.name, filter=lambda f: None if left_out(f.name) else f)
        return Path(file.name).stat().st_size / 1e6


def forget(bundle: Path) -> None:
    """Have the system drop the files of ``bundle`` from its memory."""
    os.sync()
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def start(executable: Path, argument: str) -> tuple[float, float]:
    """Return ms from the start of the process to the first paint, and to the first answer."""
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
        started = time.time()
        said = subprocess.run(
            [str(executable), argument],
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    if executable.name == "empty":
        return (float(said.splitlines()[0]) - started) * 1000, float("nan")
    report = json.loads(said)
    before = (report["started_at"] - started) * 1000
    return before + report["first_window_ms"], before + report["first_prediction_ms"]


def measure_starts(programs: dict[str, tuple[Path, str]], *, cold: bool) -> None:
    """Start all ``programs``, executables with an argument, in turn, and print the medians."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (executable, argument) in programs.items():
            if cold:
                forget(executable.parent)
            times[name].append(start(executable, argument))
    kind = "cold" if cold else "warm"
    print(f"{kind} start, median of {ROUNDS} rounds in turn: painted, first answer")
    for name, found in times.items():
        painted, answered = (median(column) for column in zip(*found, strict=True))
        print(f"  {name:<18} {painted:6.0f} ms {answered:6.0f} ms", flush=True)


def measure_sizes(empty: dict[str, Path], ours: Path) -> None:
    """Print the sizes of the bundles of these executables, and how many times theirs ours is."""
    (as_it_comes, path), *others = empty.items()
    bundles = {
        as_it_comes: (path, _nothing),
        "empty, less the plainly unused": (path, plainly_unused),
        **{name: (path, _nothing) for name, path in others},
        "Digitpad": (ours, _nothing),
    }
    found = {n: (size(p.parent, o), compressed(p.parent, o)) for n, (p, o) in bundles.items()}
    print(f"{'':<32} {'unpacked':>9} {'.tar.xz':>9}   ours")
    for name, (unpacked, archive) in found.items():
        of_all, of_archive = found["Digitpad"]
        times = f"{of_all / unpacked:.2f} and {of_archive / archive:.2f} times that"
        print(f"{name:<32} {unpacked:6.0f} MB {archive:6.0f} MB   {times}", flush=True)


def _nothing(_path: str) -> bool:
    return False


def main() -> None:
    ours, folder = Path(sys.argv[1]).resolve() / "digitpad", Path(sys.argv[2]).resolve()
    wanted = sys.argv[3:] or ["sizes", "warm", "cold"]
    empty = build_empty(folder)
    if "sizes" in wanted:
        measure_sizes(empty, ours)
    programs = {
        "empty": (empty["empty, pruned"], "window"),
        "empty, torch first": (empty["empty, pruned"], "torch"),
        "Digitpad": (ours, "--self-test"),
    }
    for kind in ("warm", "cold"):
        if kind in wanted:
            measure_starts(programs, cold=kind == "cold")


if __name__ == "__main__":
    main()
