"""Surroundings of all tests: no screen unless wished for, the person's folders untouched."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# a busy machine is no failure
settings.register_profile("digitpad", deadline=None)
settings.load_profile("digitpad")

if "QT_QPA_PLATFORM" not in os.environ and os.environ.get("DIGITPAD_TEST_ON_SCREEN") != "1":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

_HOME = tempfile.TemporaryDirectory(prefix="digitpad-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = str(Path(_HOME.name) / _name.lower())
if sys.platform == "win32":
    for _name in ("APPDATA", "LOCALAPPDATA"):
        os.environ[_name] = str(Path(_HOME.name) / _name.lower())

from PySide6.QtWidgets import QApplication  # noqa: E402 - after the platform is chosen

from digitpad.ui.setup import make_application  # noqa: E402
from digitpad.ui.widgets.window_places import restore_places  # noqa: E402


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Give pytest-qt the application as the app makes it."""
    application = QApplication.instance() or make_application(["digitpad-tests"])
    assert isinstance(application, QApplication)
    return application


@pytest.fixture(autouse=True)
def places_forgotten() -> Iterator[None]:
    """Let no test open its windows where the windows of another were."""
    yield
    restore_places({})
