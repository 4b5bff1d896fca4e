import os
from pathlib import Path

import pytest

from digitpad.core.errors import InputError, StorageError
from digitpad.core.evaluation import cache as evaluation_cache
from tests.core.evaluation.test_evaluation import WORKED


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model"
    path.write_bytes(b"weights")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    (path / "inner").mkdir(parents=True)
    (path / "inner" / "drawings.jsonl").write_text("{}")
    return path


def test_the_same_model_and_data_have_one_place(tmp_path: Path, model: Path, data: Path) -> None:
    folder = tmp_path / "a" / "cache"
    place = evaluation_cache.place(folder, model, [str(data), "mnist"])
    assert evaluation_cache.load(place) is None
    WORKED.save(place)
    again = evaluation_cache.place(folder, model, [str(data), "mnist"])
    assert again == place
    found = evaluation_cache.load(again)
    assert found is not None
    assert found.accuracy == WORKED.accuracy


def test_another_model_or_changed_data_have_another(
    tmp_path: Path, model: Path, data: Path
) -> None:
    places = {evaluation_cache.place(tmp_path, model, [str(data)])}
    places.add(evaluation_cache.place(tmp_path, model, [str(data), "mnist"]))
    file = data / "inner" / "drawings.jsonl"
    os.utime(file, ns=(1, 1))
    places.add(evaluation_cache.place(tmp_path, model, [str(data)]))
    file.write_text("{} {}")
    os.utime(file, ns=(1, 1))
    places.add(evaluation_cache.place(tmp_path, model, [str(data)]))
    model.write_bytes(b"other weights")
    places.add(evaluation_cache.place(tmp_path, model, [str(data)]))
    assert len(places) == 5


def test_a_damaged_evaluation_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "e.npz").write_bytes(b"no")
    assert evaluation_cache.load(tmp_path / "e.npz") is None


def test_the_oldest_make_room_but_not_the_one_that_is_asked_for(
    tmp_path: Path, model: Path
) -> None:
    folder = tmp_path / "cache"
    asked_for = evaluation_cache.place(folder, model, [])
    asked_for.write_bytes(b"")
    os.utime(asked_for, (0, 0))
    for number in range(1, 20):
        file = folder / f"{number}.npz"
        file.write_bytes(b"")
        os.utime(file, (number, number))
    evaluation_cache.place(folder, model, [])
    kept = {file.name for file in folder.iterdir()}
    assert kept == {asked_for.name, *(f"{number}.npz" for number in range(9, 20))}


def test_a_model_that_is_gone_leaves_no_folder(tmp_path: Path) -> None:
    model = tmp_path / "deleted" / "model"
    with pytest.raises(InputError, match="there is no such file"):
        evaluation_cache.place(model.parent / evaluation_cache.FOLDER, model, [])
    assert not model.parent.exists()


def test_a_place_that_cannot_be_is_told(tmp_path: Path, model: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be used"):
        evaluation_cache.place(tmp_path / "file" / "cache", model, [])
