"""An empty store, and drawings to put into it."""

from pathlib import Path

import pytest

from digitpad.core.samples.store import FILE_NAME, SampleStore


@pytest.fixture
def store(tmp_path: Path) -> SampleStore:
    return SampleStore(tmp_path / "user" / FILE_NAME)
