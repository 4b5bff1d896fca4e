"""What this copy of the app is made of."""

import platform
from importlib import metadata

from PySide6.QtCore import qVersion

from digitpad import __version__

LIBRARIES = {
    "PyTorch": "torch",
    "PySide6": "PySide6-Essentials",
    "OpenCV": "opencv-python-headless",
    "NumPy": "numpy",
    "pyqtgraph": "pyqtgraph",
    "Pillow": "pillow",
}
"""The distributions, by the names that people know them by; a bundle keeps their metadata."""


def versions(model: str) -> list[tuple[str, str]]:
    """Return (name, version) pairs; reads the libraries' metadata and loads none of them."""
    pairs = [("Digitpad", __version__), ("Model", model or "none loaded")]
    pairs += [("Python", platform.python_version()), ("Qt", qVersion())]
    for name, distribution in LIBRARIES.items():
        try:
            pairs.append((name, metadata.version(distribution)))
        except metadata.PackageNotFoundError:
            pairs.append((name, "not installed"))
    return [*pairs, ("System", platform.platform())]
