"""Where bundled and user files live: the only file that knows."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import platformdirs

_APP = "digitpad"


@cache
def assets() -> Path:
    """Return the folder of the bundled files: in a wheel, a frozen build or a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


def bundled_model() -> Path:
    return assets() / "weights" / "best.safetensors"


def icons() -> Path:
    return assets() / "icons"


def licences() -> list[Path]:
    """Return a text file for each component of a frozen build, by name; elsewhere there is none."""
    return sorted((assets() / "licences").glob("*.txt"), key=lambda file: file.name.lower())


def sample_ink() -> Path:
    """Return the folder of drawings of each digit that the self-test replays."""
    return assets() / "ink"


def data_folder() -> Path | None:
    """Return the folder of data sets that DIGITPAD_DATA names, None where it names none."""
    value = os.environ.get("DIGITPAD_DATA", "")
    return Path(value).resolve() if value else None


def downloads() -> Path:
    """Return where the trainer keeps the data sets that it downloads."""
    return platformdirs.user_cache_path(_APP, appauthor=False)


@dataclass(frozen=True, slots=True)
class Folders:
    """The person's own folders; they may not exist yet."""

    config: Path
    data: Path
    logs: Path

    @property
    def models(self) -> Path:
        return self.data / "models"

    @classmethod
    def of_user(cls) -> Self:
        """Return the folders that the platform gives each user for this app."""
        dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
        return cls(dirs.user_config_path, dirs.user_data_path, dirs.user_log_path)

    @classmethod
    def below(cls, folder: Path) -> Self:
        """Return folders inside ``folder``, for a run that must leave the user's alone."""
        return cls(folder / "config", folder / "data", folder / "logs")
