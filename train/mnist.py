"""MNIST itself: found on this machine, else downloaded once, and checked."""

import gzip
import hashlib
import os
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPException
from pathlib import Path

import platformdirs

from digitpad.core.errors import InputError, StorageError

WORD = "mnist"
"""What stands for MNIST where a path is expected."""

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
FILES: Mapping[str, str] = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
"""Name without ``.gz`` -> SHA-256 of what is inside: archives differ in their time stamps."""

_SECONDS = 20.0
_CHUNK = 1 << 18


def folder() -> Path:
    """Return where MNIST is: under ``DIGITPAD_DATA`` if it is there, else in the user's cache."""
    given = os.environ.get("DIGITPAD_DATA")
    if given and (Path(given) / "mnist" / "train-images-idx3-ubyte.gz").exists():
        return Path(given) / "mnist"
    return platformdirs.user_cache_path("digitpad", appauthor=False) / "mnist"


def fetch(mirrors: Sequence[str] = MIRRORS, files: Mapping[str, str] = FILES) -> Iterator[str]:
    """Download what is missing and tell about it; a download that broke off is continued.

    Raises InputError when no mirror gives a file, StorageError when it cannot be kept.
    """
    target = folder()
    for name, digest in files.items():
        path = target / f"{name}.gz"
        if path.exists():
            continue
        yield f"Downloading MNIST's {path.name} to {target}"
        try:
            target.mkdir(parents=True, exist_ok=True)
            yield from _from_any(mirrors, path, digest)
        except OSError as error:
            raise StorageError(f"{path} could not be written: {error}.", repr(error)) from error


def _from_any(mirrors: Sequence[str], path: Path, digest: str) -> Iterator[str]:
    part = path.with_name(path.name + ".part")
    reasons = []
    for mirror in mirrors:
        try:
            yield from _download(mirror + path.name, part)
        except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
            reasons.append(f"{mirror}: {error}")
            continue
        if _digest(part) == digest:
            part.replace(path)
            return
        reasons.append(f"{mirror}: not the published content")
        part.unlink()
    raise InputError(
        f"MNIST could not be downloaded. Go online and try again, or put its four files into "
        f"{path.parent}.",
        "; ".join(reasons),
    )


def _download(url: str, part: Path) -> Iterator[str]:
    """Add to ``part`` what it lacks of ``url``, and tell how far it is."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"})  # noqa: S310
    try:
        response = urllib.request.urlopen(request, timeout=_SECONDS)  # noqa: S310 - our mirrors
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 416 and have:  # all of it is here already
                return
            raise
    with response, part.open("ab" if response.status == 206 else "wb") as file:
        total = file.tell() + int(response.headers.get("Content-Length") or 0)
        told = 0
        while chunk := response.read(_CHUNK):
            file.write(chunk)
            if total and (percent := file.tell() * 100 // total) >= told + 10:
                told = percent
                yield f"{part.stem}: {percent} %"
        if file.tell() < total:
            raise ConnectionError(f"broke off after {file.tell():,} of {total:,} bytes")


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return None
