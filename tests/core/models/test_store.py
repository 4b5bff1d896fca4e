import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from digitpad import resources
from digitpad.core.errors import InputError, ModelError, StorageError
from digitpad.core.models.card import read_card
from digitpad.core.models.record import LOCK_SUFFIX, STATE_FILE, Model, ModelState, curves_csv
from digitpad.core.models.store import BUNDLED, Models
from digitpad.core.training.events import EpochEnded
from digitpad.core.training.options import FitOptions

OPTIONS = FitOptions("fast", ("/data/mnist",), 3, 128, 0.003, seed=7)
EPOCH = EpochEnded(1, 3, 0.5, 0.9, 0.4, 0.95, 8000.0, 7.5)


def in_folder(folder: Path) -> Models:
    return Models(folder / "models", resources.bundled_model())


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return in_folder(tmp_path)


def finished(models: Models, options: FitOptions = OPTIONS) -> Model:
    """Return a run that ended well, its model a copy of the bundled one."""
    run = models.begin(options)
    run.file.write_bytes(resources.bundled_model().read_bytes())
    return models.end(dataclasses.replace(run, state=ModelState.FINISHED, epochs=(EPOCH,)))


def test_without_any_run_there_is_the_bundled_model(models: Models) -> None:
    (only,) = models.all()
    assert only == models.bundled() == models.current()
    assert only.usable
    assert only.figures


def test_what_is_known_about_a_run_is_there_at_the_next_start(
    models: Models, tmp_path: Path
) -> None:
    run = finished(models)
    again = in_folder(tmp_path).get(run.key)
    assert again == run
    assert again is not None
    assert (again.options, again.seed, again.epochs) == (OPTIONS, 7, (EPOCH,))


def test_the_bundled_model_comes_first_then_the_newest(models: Models) -> None:
    first, second = finished(models), finished(models)
    assert [model.key for model in models.all()] == [BUNDLED, second.key, first.key]
    assert [first.name, second.name] == ["fast 1", "fast 2"]


def test_the_chosen_model_stays_chosen(models: Models, tmp_path: Path) -> None:
    run = finished(models)
    models.choose(run.key)
    assert in_folder(tmp_path).current().key == run.key
    models.choose(BUNDLED)
    assert in_folder(tmp_path).current().key == BUNDLED


def test_a_chosen_model_that_is_gone_gives_way_to_the_bundled_one(models: Models) -> None:
    run = finished(models)
    models.choose(run.key)
    models.erase(run.key)
    assert models.current().key == BUNDLED


def test_a_chosen_model_that_cannot_be_used_gives_way_too(models: Models) -> None:
    run = models.begin(OPTIONS)
    models.choose(run.key)
    assert models.current().key == BUNDLED
    models.end(run)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../../etc", b"a\x00b"])
def test_a_damaged_choice_is_the_bundled_model(
    models: Models, tmp_path: Path, content: bytes
) -> None:
    models.choose(BUNDLED)
    (models._folder / "current").write_bytes(content)
    assert in_folder(tmp_path).current().key == BUNDLED


def test_what_another_copy_chooses_is_in_use_there_alone(models: Models, tmp_path: Path) -> None:
    run = finished(models)
    other = in_folder(tmp_path)
    assert other.current().key == BUNDLED
    models.choose(run.key)
    assert other.current().key == BUNDLED
    other.choose(BUNDLED)
    assert models.current().key == run.key


def test_renames_and_refuses_to_touch_the_bundled_model(models: Models) -> None:
    run = finished(models)
    models.rename(run.key, "sevens \u2713")
    models.rename(BUNDLED, "mine")
    assert [model.name for model in models.all()][1:] == ["sevens \u2713"]
    assert models.bundled().name != "mine"
    assert not resources.bundled_model().with_name("run.json").exists()


def test_no_two_models_have_one_name(models: Models, tmp_path: Path) -> None:
    bundled = models.bundled()
    copy = tmp_path / f"{bundled.name}.safetensors"
    copy.write_bytes(bundled.file.read_bytes())
    first, second = models.add(copy), models.add(copy)
    assert [first.name, second.name] == [f"{bundled.name} 2", f"{bundled.name} 3"]
    for taken in (bundled.name, first.name):
        with pytest.raises(InputError, match="already"):
            models.rename(second.key, taken)
    models.rename(second.key, second.name)
    assert {model.name for model in models.all()} == {bundled.name, first.name, second.name}


def test_a_run_is_not_renamed_or_deleted_while_it_is_trained(
    models: Models, tmp_path: Path
) -> None:
    run = models.begin(OPTIONS)
    other = in_folder(tmp_path)
    with pytest.raises(StorageError, match="be renamed once training has finished"):
        other.rename(run.key, "sevens")
    with pytest.raises(StorageError, match="be deleted once training has finished"):
        other.delete(run.key)
    assert models.get(run.key) == run
    models.end(run)


def test_what_was_deleted_can_be_brought_back(models: Models) -> None:
    run = finished(models)
    models.delete(run.key)
    assert models.get(run.key) is None
    models.restore(run.key)
    assert models.get(run.key) == run
    models.delete(run.key)
    models.empty_trash()
    with pytest.raises(StorageError):
        models.restore(run.key)


def test_what_was_deleted_elsewhere_is_removed_only_once_it_is_old(
    models: Models, tmp_path: Path
) -> None:
    run = finished(models)
    os.utime(run.file.parent, (1, 1))
    models.delete(run.key)
    other = in_folder(tmp_path)
    other.empty_trash()
    other.empty_old_trash()
    models.restore(run.key)
    models.delete(run.key)
    os.utime(tmp_path / "models" / "trash" / run.key, (1, 1))
    other.empty_old_trash()
    with pytest.raises(StorageError):
        models.restore(run.key)


def test_a_run_never_looks_as_if_it_had_failed_while_it_begins(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ModelState] = []
    save = models.save

    def save_and_look(model: Model) -> None:
        save(model)
        seen.extend(other.state for other in in_folder(tmp_path).all()[1:])

    monkeypatch.setattr(models, "save", save_and_look)
    run = models.begin(OPTIONS)
    assert seen == [ModelState.RUNNING]
    models.end(run)


def test_a_run_under_way_is_running_for_every_reader(models: Models, tmp_path: Path) -> None:
    run = models.begin(OPTIONS)
    assert models.get(run.key) == run
    other = in_folder(tmp_path).get(run.key)
    assert other is not None
    assert other.state is ModelState.RUNNING
    with pytest.raises(StorageError, match="already being trained"):
        in_folder(tmp_path).go_on(other)
    models.end(run)


def full_disk(*_: object) -> None:
    raise StorageError("The disk is full.")


def test_what_does_not_fit_on_the_disk_leaves_nothing_and_can_be_tried_again(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = finished(models)
    attempts: tuple[Callable[[], Model], ...] = (
        partial(models.begin, OPTIONS),
        partial(models.go_on, left),
        partial(models.add, resources.bundled_model()),
    )
    with monkeypatch.context() as patched:
        patched.setattr(models, "save", full_disk)
        for attempt in attempts:
            with pytest.raises(StorageError, match="disk is full"):
                attempt()
    assert models.all()[1:] == [left]
    assert list(models._folder.iterdir()) == [left.file.parent]
    models.end(models.go_on(left))


def test_why_a_run_failed_is_forgotten_once_it_goes_on(models: Models) -> None:
    run = models.begin(OPTIONS)
    failed = models.end(dataclasses.replace(run, state=ModelState.FAILED, message="No room."))
    assert failed.message == "No room."
    assert models.go_on(failed).message == ""
    models.end(failed)


def test_a_trainer_that_outlives_the_app_keeps_its_run_from_being_resumed(models: Models) -> None:
    run = models.begin(OPTIONS)
    run.file.with_name(STATE_FILE).write_bytes(b"1")
    models.end(run)
    with FileLock(run.file.with_name(run.file.name + LOCK_SUFFIX)):
        left = models.get(run.key)
        assert left is not None
        assert (left.state, left.resumable) == (ModelState.RUNNING, False)
        with pytest.raises(StorageError, match="already being trained"):
            models.go_on(left)
    left = models.get(run.key)
    assert left is not None
    assert left.resumable
    models.end(models.go_on(left))


KILLED = """
import os, signal, sys
from pathlib import Path
from digitpad.core.models.store import Models
from digitpad.core.training.options import FitOptions
models = Models(Path(sys.argv[1]), Path(sys.argv[2]))
run = models.begin(FitOptions("fast", ("a",), 3, 128, 0.003))
if sys.argv[3] == "state":
    run.file.with_name("model.safetensors.state").write_bytes(b"1")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    ("left", "state"), [("state", ModelState.INTERRUPTED), ("none", ModelState.FAILED)]
)
def test_a_run_whose_process_was_killed_is_no_longer_running(
    models: Models, tmp_path: Path, left: str, state: ModelState
) -> None:
    arguments = [str(tmp_path / "models"), str(resources.bundled_model()), left]
    subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    run = models.all()[1]
    assert run.state is state
    assert run.resumable == (left == "state")
    assert not run.usable


def test_a_run_killed_after_its_model_was_written_is_finished(models: Models) -> None:
    run = models.begin(OPTIONS)
    run.file.write_bytes(b"damaged")
    assert models.end(run).figures == {}
    run.file.write_bytes(resources.bundled_model().read_bytes())
    left = models.end(run)
    assert left.state is ModelState.FINISHED
    assert left.figures == models.bundled().figures
    run.file.with_name(STATE_FILE).write_bytes(b"2")
    again = models.end(run)
    assert again.state is ModelState.STOPPED
    assert again.usable
    assert again.resumable


def test_a_folder_that_holds_no_run_is_passed_over(models: Models) -> None:
    good, bad = finished(models), finished(models)
    run_file = bad.file.with_name("run.json")
    for content in (b"{", b"[]", b"{}", json.dumps({"name": 1}).encode(), b"\xff", b"[" * 100_000):
        run_file.write_bytes(content)
        assert [model.key for model in models.all()] == [BUNDLED, good.key]


@pytest.mark.parametrize(
    "change",
    [
        {"name": 5},
        {"created": None},
        {"recipe": []},
        {"message": {}},
        {"seed": "1"},
        {"seed": -1},
        {"figures": "x"},
        {"figures": {"a": {"accuracy": 10**400}}},
        {"epochs": [{**dataclasses.asdict(EPOCH), "loss": "low"}]},
        {"epochs": [{**dataclasses.asdict(EPOCH), "loss": json.loads("[" * 900 + "]" * 900)}]},
        {"options": {**dataclasses.asdict(OPTIONS), "epochs": "3"}},
        {"options": {**dataclasses.asdict(OPTIONS), "data": [5]}},
        {"options": {**dataclasses.asdict(OPTIONS), "augmented": "yes"}},
        {"options": {**dataclasses.asdict(OPTIONS), "seed": -1}},
    ],
)
def test_a_run_with_values_of_another_kind_is_passed_over_and_logged(
    models: Models, change: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    run_file = finished(models).file.with_name("run.json")
    run_file.write_text(json.dumps({**json.loads(run_file.read_bytes()), **change}))
    assert [model.key for model in models.all()] == [BUNDLED]
    assert "no model that can be read" in caplog.text


def test_what_a_newer_version_keeps_besides_is_passed_over(models: Models) -> None:
    run = finished(models)
    run_file = run.file.with_name("run.json")
    body = json.loads(run_file.read_bytes())
    for known in (body, body["options"], body["epochs"][0]):
        known["of tomorrow"] = 1
    run_file.write_text(json.dumps(body))
    assert models.get(run.key) == run


def test_a_run_that_diverged_is_kept(models: Models) -> None:
    run = models.begin(OPTIONS)
    epoch = dataclasses.replace(EPOCH, loss=float("nan"), validation_loss=float("inf"))
    models.end(dataclasses.replace(run, state=ModelState.FAILED, epochs=(epoch,)))
    assert len(models.all()) == 2


def test_takes_a_model_file_in_under_its_own_name(models: Models, tmp_path: Path) -> None:
    given = tmp_path / "from a friend.safetensors"
    given.write_bytes(resources.bundled_model().read_bytes())
    first, second = models.add(given), models.add(given)
    assert (first.name, second.name) == ("from a friend", "from a friend 2")
    assert first.state is ModelState.IMPORTED
    assert first.usable
    card = read_card(given)
    assert (first.created, first.seed, first.figures) == (card.created, card.seed, card.figures)
    assert first.recipe == card.recipe["name"]
    assert first.file.read_bytes() == given.read_bytes()


def test_refuses_what_is_no_model(models: Models, tmp_path: Path) -> None:
    given = tmp_path / "not.safetensors"
    odd = b"\x13" + bytes(7) + b'{"__metadata__": 5}'
    for content in (b"", b"\x01", b"\xff" * 64, b"\x02" + bytes(7) + b"[]", odd, b"PK\x03\x04" * 9):
        given.write_bytes(content)
        with pytest.raises(ModelError, match=r"not\.safetensors"):
            models.add(given)
    assert len(models.all()) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_cannot_be_written_is_told_in_words(models: Models, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="cannot be created"):
        models.begin(OPTIONS)
    tmp_path.chmod(0o700)


def test_options_say_what_the_command_line_understands() -> None:
    options = dataclasses.replace(
        OPTIONS, augmented=False, validation_share=0.2, start_from="/m.safetensors", device="cpu"
    )
    arguments = options.arguments(Path("/run/model.safetensors"), resume=True)
    assert arguments[:2] == ["fit", "fast"]
    pairs = (
        *("--data /data/mnist", "--out /run/model.safetensors", "--epochs 3", "--seed 7"),
        *("--validation-share 0.2", "--start-from /m.safetensors", "--device cpu"),
    )
    for pair in pairs:
        assert pair in " ".join(arguments)
    assert {"--json", "--resume", "--no-augmentation", "--stop-with-stdin"} <= set(arguments)
    assert "--resume" not in OPTIONS.arguments(Path("x"))


def test_curves_go_into_a_spreadsheet() -> None:
    lines = curves_csv([EPOCH, dataclasses.replace(EPOCH, epoch=2)]).decode().splitlines()
    assert lines[0].split(",")[:3] == ["epoch", "epochs", "loss"]
    assert lines[1].startswith("1,3,0.5,0.9,0.4,0.95")
    assert len(lines) == 3
