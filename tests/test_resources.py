import sys
from pathlib import Path

import pytest

from digitpad import resources
from digitpad.core.formats.inkml import read_labelled_inkml
from digitpad.resources import Folders


@pytest.fixture(autouse=True)
def forgotten() -> None:
    resources.assets.cache_clear()


def test_everything_bundled_is_there() -> None:
    assert resources.bundled_model().is_file()
    assert list(resources.icons().glob("*.svg"))
    labels = {
        read_labelled_inkml(path.read_bytes(), path.name)[1]
        for path in resources.sample_ink().glob("*.inkml")
    }
    assert labels == set("0123456789")


def test_a_frozen_build_finds_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "digitpad" / "assets").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.assets() == tmp_path / "digitpad" / "assets"
    resources.assets.cache_clear()


def test_the_persons_folders_are_their_own() -> None:
    folders = Folders.of_user()
    assert len({folders.config, folders.data, folders.logs}) >= 2
    assert all(folder.is_absolute() for folder in (folders.config, folders.data, folders.logs))
