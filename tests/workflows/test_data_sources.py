from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from digitpad.core.data_source import DataSource
from digitpad.core.samples.store import FILE_NAME, SampleStore
from digitpad.workflows.background import Background
from digitpad.workflows.data_sources import offer_sources
from tests.samples import sample_of


def test_says_how_much_there_is(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ink = tmp_path / "ink"
    ink.mkdir()
    (ink / "one.jsonl.gz").touch()
    monkeypatch.setenv("DIGITPAD_DATA", str(tmp_path))
    store = SampleStore(tmp_path / FILE_NAME)
    store.keep(sample_of(7))
    background = Background()
    shown: list[list[DataSource]] = []
    offer_sources(store, background, shown.append)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert [source.name for source in shown[0]] == ["MNIST", "Pen drawings"]
    assert [source.detail for source in shown[1]] == [
        "70,000 scanned digits, downloaded when first needed",
        f"1 data set \u00b7 {ink}",
        "1 drawing labelled by you",
    ]
    background.close()
