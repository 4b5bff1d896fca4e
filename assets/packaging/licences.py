"""The licences of everything that goes into a bundle, one text file for each component."""

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_TARGET = "digitpad/assets/licences"
_WORDS = ("licen", "copying", "notice", "authors")
_RULE = "\n\n" + "-" * 78 + "\n"

_QT = """\
The libraries of Qt and its Python modules are files of their own beside this one's program and may
be replaced by other builds of theirs. Their source code is at https://download.qt.io."""
_QT_TEXTS = ("LGPL-3.0.txt", "GPL-3.0.txt")

Entry = tuple[str, str, str]


def entries(bundled: Iterable[Entry], folder: Path) -> list[Entry]:
    """Write the licences of ``bundled`` into ``folder``; return them as files to bundle.

    ``bundled`` and what is returned are (path inside, source, kind) entries of PyInstaller's.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = {Path(source) for _, source, _ in bundled if source and ".dist-info" not in source}
    for distribution in _distributions(sources):
        _write(folder, *_of_distribution(distribution))
    _write(folder, "Digitpad", (_ROOT / "LICENSE").read_text("utf-8"))
    _write(folder, f"Python {sys.version.split()[0]}", _of_python())
    for package, file in _system_packages(sources).items():
        _write(folder, f"{package} (Debian package)", file.read_text("utf-8", "replace"))
    return [(f"{_TARGET}/{file.name}", str(file), "DATA") for file in sorted(folder.iterdir())]


def _write(folder: Path, title: str, text: str) -> None:
    (folder / f"{title}.txt").write_text(text.strip() + "\n", "utf-8")


def _distributions(sources: set[Path]) -> list[metadata.Distribution]:
    """Return the distributions, by name, that own at least one of the files ``sources``."""
    found = {}
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"]
        files = distribution.files or []
        if name != "digitpad" and any(Path(file.locate()) in sources for file in files):
            found[name.lower()] = distribution
    return [found[name] for name in sorted(found)]


def _of_distribution(distribution: metadata.Distribution) -> tuple[str, str]:
    about = distribution.metadata
    title = f"{about['Name']} {distribution.version}"
    expressions = about.get_all("License-Expression") or about.get_all("License") or [""]
    expression = expressions[0].partition("\n")[0]
    head = f"{title}\n{about['Summary']}\n{expression}"
    files = [file for file in distribution.files or [] if _is_licence(str(file))]
    texts = [Path(file.locate()).read_text("utf-8", "replace") for file in files]
    if "LGPL-3.0" in expression:
        texts += [_QT, *((_HERE / "licences" / name).read_text("utf-8") for name in _QT_TEXTS)]
    if not texts:
        classifiers = about.get_all("Classifier") or []
        texts = [line for line in classifiers if line.startswith("License ::")]
    return title, _RULE.join([head, *dict.fromkeys(texts)])


def _is_licence(path: str) -> bool:
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    return any(name.startswith(word) for word in _WORDS) and not name.endswith((".py", ".pyc"))


def _of_python() -> str:
    folders = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)]
    names = ("LICENSE.txt", "LICENSE")
    for file in (folder / name for folder in folders for name in names):
        if file.is_file():
            return file.read_text("utf-8")
    return f"{sys.copyright}\n\nhttps://docs.python.org/3/license.html"


def _system_packages(sources: set[Path]) -> dict[str, Path]:
    """Return the copyright files of Debian packages that own files of ``sources``, by package."""
    outside = [
        str(path) for path in sources if path.is_relative_to("/usr") or path.is_relative_to("/lib")
    ]
    if not outside or shutil.which("dpkg-query") is None:
        return {}
    names = [*outside, *(str(Path(path).resolve()) for path in outside)]
    output = subprocess.run(
        ["dpkg-query", "--search", *names], capture_output=True, text=True, check=False
    ).stdout
    packages = {line.split(":")[0] for line in output.splitlines()}
    files = {name: Path("/usr/share/doc") / name / "copyright" for name in sorted(packages)}
    return {name: file for name, file in files.items() if file.is_file()}
