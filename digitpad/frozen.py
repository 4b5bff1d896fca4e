"""What a frozen build has to do before anything else."""

import multiprocessing
import os
import sys
from pathlib import Path

_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
)


def prepare() -> None:
    """Make this process what an ordinary interpreter is from the start."""
    multiprocessing.freeze_support()
    restore_library_path()
    name_certificates()
    open_missing_streams()


def restore_library_path() -> None:
    """Let programs that are started from here, such as a browser, find their own libraries."""
    original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        os.environ["LD_LIBRARY_PATH"] = original
    elif sys.platform not in ("win32", "darwin"):
        os.environ.pop("LD_LIBRARY_PATH", None)


def name_certificates() -> None:
    """Let OpenSSL find this Linux's certificates; it knows where those of its own Linux are."""
    if sys.platform != "linux":
        return
    for file in _CERTIFICATES:
        if Path(file).is_file():
            os.environ.setdefault("SSL_CERT_FILE", file)
            return


def open_missing_streams() -> None:
    """Open the pipes that a parent made for a windowed program of Windows, which ignores them."""
    for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            stream = os.fdopen(_usable(descriptor), mode, encoding="utf-8", closefd=False)
            setattr(sys, name, stream)


def _usable(descriptor: int) -> int:
    """Return ``descriptor`` or, where nothing is behind it, one of the null device."""
    try:
        os.fstat(descriptor)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)
    return descriptor
