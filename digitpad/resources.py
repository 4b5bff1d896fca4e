"""Where bundled and user files live: the only file that knows."""

import sys
from functools import cache
from pathlib import Path

import platformdirs

_APP = "digitpad"


@cache
def assets() -> Path:
    """Return the folder of the bundled files: in a wheel, a frozen build or a checkout."""
    package = Path(__file__).resolve().parent
    if getattr(sys, "frozen", False):
        package = Path(sys._MEIPASS) / _APP  # type: ignore[attr-defined]  # noqa: SLF001
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


def bundled_model() -> Path:
    return assets() / "weights" / "best.safetensors"


def icons() -> Path:
    return assets() / "icons"


def sample_ink() -> Path:
    """Return the folder of drawings of each digit that the self-test replays."""
    return assets() / "ink"


def config_dir() -> Path:
    return platformdirs.user_config_path(_APP, appauthor=False)


def data_dir() -> Path:
    """Return where the person's own drawings and models are kept; it may not exist yet."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def log_dir() -> Path:
    return platformdirs.user_log_path(_APP, appauthor=False)
