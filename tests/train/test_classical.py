import json
from pathlib import Path
from typing import Any

import pytest

from digitpad.core.training.events import Finished, Notice, Started, from_json
from train import classical
from train.__main__ import main


def fit(recipe: str, data: Path, *more: str) -> int:
    return main(["fit", recipe, "--data", str(data), *more])


@pytest.mark.parametrize("recipe", ["svm", "forest"])
def test_it_learns_is_judged_and_leaves_no_file(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, recipe: str,
) -> None:  # fmt: skip
    pytest.importorskip("sklearn")
    monkeypatch.chdir(tmp_path)
    assert fit(recipe, data_folder, "--json") == 0
    lines = capsys.readouterr().out.splitlines()
    events = [from_json(line) for line in lines]
    assert [type(event) for event in events[-3:]] == [Started, Notice, Finished]
    last: dict[str, Any] = json.loads(lines[-1])
    assert last["test_accuracy"] == last["figures"]["t10k"]["accuracy"] > 0.5
    assert last["figures"]["pens-test"]["drawings"] == 20
    assert last["file"] == ""
    assert list(tmp_path.iterdir()) == []


def test_no_more_images_than_it_can_take_are_drawn_by_the_seed(
    data_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn")
    few = classical.Classical("few", "", classical.CLASSICAL["svm"].make, 100)
    monkeypatch.setitem(classical.CLASSICAL, "svm", few)
    assert fit("svm", data_folder) == 0
    printed = capsys.readouterr().out
    assert "100 images per epoch" in printed
    assert "no model file is written" in printed
    assert "t10k" in printed


@pytest.mark.parametrize(
    "more", [["--out", "model.safetensors"], ["--epochs", "3"], ["--device", "cpu"], ["--resume"]]
)
def test_what_it_cannot_do_is_refused_in_words(
    data_folder: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        fit("svm", data_folder, *more)
    assert f"svm takes no {more[0]}" in capsys.readouterr().err


def test_without_scikit_learn_it_says_what_to_install(
    data_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classical, "installed", lambda: False)
    assert fit("forest", data_folder) == 1
    assert "pip install scikit-learn" in capsys.readouterr().err
    assert main(["list"]) == 0
    assert "pip install scikit-learn" in capsys.readouterr().out


def test_ink_alone_is_too_little(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sklearn")
    assert fit("svm", data_folder / "ink") == 1
    assert "learns from images only" in capsys.readouterr().err
