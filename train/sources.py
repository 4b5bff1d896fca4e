"""Which data sets there are below files and folders, and all that they hold."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digitpad.core.errors import InputError
from digitpad.core.formats.ink_lines import is_ink_lines
from digitpad.core.samples import store
from train import mnist
from train.data import DIGITS, Data, Drawings, Pictures, sha256
from train.readers import read_csv, read_drawings, read_folder, read_idx_pair, read_own


@dataclass(frozen=True, slots=True)
class Source:
    """A data set before it is read: its files, and how they are read, which raises InputError."""

    files: tuple[Path, ...]
    read: Callable[[], Sequence[Pictures | Drawings]]


def load(paths: Iterable[Path]) -> Data:
    """Read every data set at ``paths``; folders are searched with all below them.

    The word mnist stands for MNIST, which `fetched` downloads. Sets and files of the same name are
    told apart by a number. Raises InputError that names file and place of the first fault, or says
    that there is nothing.
    """
    sources = find(paths)
    sets = [data_set for source in sources for data_set in source.read()]
    names = _told_apart(s.name for s in sets)
    named = [replace(s, name=name) for s, name in zip(sets, names, strict=True)]
    files = [file for source in sources for file in source.files if file.is_file()]
    return Data(
        tuple(s for s in named if isinstance(s, Pictures)),
        tuple(s for s in named if isinstance(s, Drawings)),
        dict(zip(_told_apart(file.name for file in files), map(sha256, files), strict=True)),
    )


def fetched(paths: Iterable[Path]) -> Iterator[str]:
    """Download MNIST where the word stands among ``paths`` and it is not here; tell about it.

    Raises InputError and StorageError.
    """
    if any(map(is_mnist, paths)):
        yield from mnist.fetch()


def find(paths: Iterable[Path]) -> list[Source]:
    """Return every data set at ``paths``, each once, in the order given; none is read.

    Raises InputError where there is nothing, something that is no data, or no leave to look.
    """
    paths = tuple(paths)
    try:
        visited: set[Path] = set()
        found = [source for path in paths for source in _sources(path, visited)]
    except OSError as error:
        raise InputError(f"{error.filename} cannot be read.", str(error)) from error
    if not found:
        raise InputError(
            f"There is no data at {', '.join(map(str, paths))}: expected IDX images, CSV, "
            "ink lines, own drawings or folders of pictures named 0 to 9."
        )
    return list({source.files: source for source in found}.values())


def is_mnist(path: Path) -> bool:
    """Tell whether ``path`` is but the word mnist."""
    return str(path) == mnist.WORD and not path.exists()


def _told_apart(names: Iterable[str]) -> Iterator[str]:
    """Yield the names, the second of a kind with a 2 behind it: figures are kept by name."""
    often: Counter[str] = Counter()
    for name in names:
        often[name] += 1
        yield name if often[name] == 1 else f"{name} ({often[name]})"


def _sources(path: Path, visited: set[Path]) -> Iterator[Source]:
    """Yield what is at ``path`` and below, but no folder again that a link leads back to."""
    if is_mnist(path):
        path = mnist.folder()
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    if path.is_dir():
        folder = path.resolve()
        if folder in visited:
            return
        visited.add(folder)
        if any((path / digit).is_dir() for digit in DIGITS):
            yield Source((path,), lambda: [read_folder(path)])
            return
        for inner in sorted(path.iterdir()):
            yield from _sources(inner, visited) if inner.is_dir() else _file_sources(inner)
        return
    known = list(_file_sources(path))
    if not known:
        raise InputError(
            f"{path} is not a data set: expected IDX images, CSV, ink lines or own drawings."
        )
    yield from known


def _file_sources(path: Path) -> Iterator[Source]:
    name = path.name.lower()
    if "images-idx3-ubyte" in name:
        labels = _labels_beside(path)
        yield Source((path, labels), lambda: [read_idx_pair(path, labels)])
    elif is_ink_lines(path):
        yield Source((path,), lambda: [read_drawings(path)])
    elif name.endswith((".csv", ".csv.gz")):
        yield Source((path,), lambda: [read_csv(path)])
    elif name.endswith(store.SUFFIX):
        yield Source((path,), lambda: read_own(path))


def _labels_beside(images: Path) -> Path:
    """Return the labels' file, packed or not, whether or not the images' file is."""
    labels = images.with_name(images.name.replace("images-idx3-ubyte", "labels-idx1-ubyte"))
    other = labels.with_suffix("") if labels.suffix == ".gz" else Path(f"{labels}.gz")
    return other if other.exists() and not labels.exists() else labels
