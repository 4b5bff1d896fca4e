"""The person's models and training runs on disk: a folder each, beside the bundled model."""

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digitpad.core.errors import DigitpadError, InputError, StorageError
from digitpad.core.formats.files import read_bytes, reason, write_atomically
from digitpad.core.models.card import read_card
from digitpad.core.models.record import LOCK_SUFFIX, MODEL_FILE, STATE_FILE, Model, ModelState
from digitpad.core.training.options import FitOptions

_log = logging.getLogger(__name__)

BUNDLED = "bundled"
"""The key of the model that comes with the app."""

_DAY_S = 24 * 60 * 60
_RUN_FILE, _LOCK_FILE, _TRASH, _CURRENT = "run.json", "lock", "trash", "current"


class Models:
    """The models in ``folder``, and the bundled one, which is always there.

    A run holds a lock of the operating system for as long as this process lives and trains, so
    that a run which says "running" but whose lock is free is known to have been interrupted,
    whatever ended it. Its trainer, a process of its own, holds another one beside the model: it
    finishes what it does when this process is killed.
    """

    def __init__(self, folder: Path, bundled: Path) -> None:
        self._folder, self._bundled = folder, bundled
        self._locks: dict[str, FileLock] = {}
        self._deleted: set[str] = set()
        self._chosen = ""

    def all(self) -> list[Model]:
        """Return all models and runs: the bundled one first, then the newest first."""
        return [self.bundled(), *sorted(self._own(), key=lambda model: model.key, reverse=True)]

    def get(self, key: str) -> Model | None:
        """Return the model or run ``key``, None where there is none that can be read."""
        return self.bundled() if key == BUNDLED else self._read(self._folder / key)

    def bundled(self) -> Model:
        card = read_card(self._bundled)
        return Model(
            BUNDLED,
            card.name,
            ModelState.BUNDLED,
            self._bundled,
            created=card.created,
            recipe=str(card.recipe.get("name", "")),
            seed=card.seed,
            figures=card.figures,
        )

    def chosen(self) -> str:
        """Return the key of the model that was chosen last, that of the bundled one at first.

        It is read once, for this process goes on with it when another copy of the app chooses.
        """
        if not self._chosen:
            key = ""
            with contextlib.suppress(OSError):
                key = (self._folder / _CURRENT).read_text("utf-8", errors="replace").strip()
            self._chosen = key or BUNDLED
        return self._chosen

    def current(self) -> Model:
        """Return the model that was chosen last, the bundled one where that cannot be used."""
        model = self.get(self.chosen())
        return model if model is not None and model.usable else self.bundled()

    def choose(self, key: str) -> None:
        """Remember ``key`` as the current model. Raises StorageError."""
        self._make(self._folder)
        write_atomically(self._folder / _CURRENT, key.encode())
        self._chosen = key

    def begin(self, options: FitOptions) -> Model:
        """Make room for a new run and take its lock. Raises StorageError."""
        now = datetime.now(UTC)
        folder = self._new_folder(now, options.recipe)
        model = Model(
            folder.name,
            self._new_name(options.recipe),
            ModelState.RUNNING,
            folder / MODEL_FILE,
            created=now.isoformat(timespec="seconds"),
            recipe=options.recipe,
            seed=options.seed,
            options=options,
        )
        with self._whole_or_gone(model.key):
            return self.go_on(model)

    def go_on(self, model: Model) -> Model:
        """Take the lock of a run that is to train, or to train on. Raises StorageError."""
        trained = f"\u201c{model.name}\u201d is already being trained."
        if _is_locked(_trainers_lock(model)):
            raise StorageError(trained)
        lock = FileLock(model.file.with_name(_LOCK_FILE), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StorageError(trained) from error
        except OSError as error:
            raise StorageError(f"{model.file.parent} cannot be written to.", repr(error)) from error
        self._locks[model.key] = lock
        running = replace(model, state=ModelState.RUNNING, message="")
        try:
            self.save(running)
        except StorageError:
            self._release(model.key)
            raise
        return running

    def end(self, model: Model) -> Model:
        """Keep how a run ended and let go of its lock. Raises StorageError.

        One that still says "running" is returned as what there is of it on disk.
        """
        self._release(model.key)
        self.save(model)
        return self.get(model.key) or model

    def save(self, model: Model) -> None:
        """Write what is known about ``model``, except the model itself. Raises StorageError."""
        write_atomically(model.file.with_name(_RUN_FILE), model.to_json())

    def rename(self, key: str, name: str) -> None:
        """Give the model ``key`` another name.

        Raises StorageError, also while it is trained, and InputError where another has that name.
        """
        model = self.get(key)
        if model is None or key == BUNDLED:
            return
        _refuse_running(model, "renamed")
        if any(other.name == name for other in self.all() if other.key != key):
            raise InputError(f"Another model is already called \u201c{name}\u201d.")
        self.save(replace(model, name=name))

    def delete(self, key: str) -> None:
        """Put a model aside, from where ``restore`` brings it back.

        Raises StorageError, also while it is trained, maybe by another copy of the app.
        """
        model = self.get(key)
        if model is not None:
            _refuse_running(model, "deleted")
        put_aside = self._folder / _TRASH / key
        self._move(self._folder / key, put_aside)
        self._deleted.add(key)
        with contextlib.suppress(OSError):
            os.utime(put_aside)  # from when on it is old

    def restore(self, key: str) -> None:
        """Undo ``delete``. Raises StorageError."""
        self._move(self._folder / _TRASH / key, self._folder / key)
        self._deleted.discard(key)

    def erase(self, key: str) -> None:
        """Remove a run for good, with its lock."""
        self._release(key)
        shutil.rmtree(self._folder / key, ignore_errors=True)

    def empty_trash(self) -> None:
        """Remove for good what was deleted here, not what another copy of the app can restore."""
        for key in self._deleted:
            shutil.rmtree(self._folder / _TRASH / key, ignore_errors=True)
        self._deleted.clear()

    def empty_old_trash(self) -> None:
        """Remove for good what was deleted more than a day ago, by a copy that was killed."""
        for put_aside in self._folder.glob(f"{_TRASH}/*"):
            with contextlib.suppress(OSError):
                if time.time() - put_aside.stat().st_mtime > _DAY_S:
                    shutil.rmtree(put_aside)

    def add(self, file: Path) -> Model:
        """Take a copy of a model file in. Raises ModelError, InputError and StorageError.

        Only its card is checked here; whether it can be used must have been tried by loading it.
        """
        card = read_card(file)
        now = datetime.now(UTC)
        folder = self._new_folder(now, "imported")
        model = Model(
            folder.name,
            self._new_name(file.stem, numbered=False),
            ModelState.IMPORTED,
            folder / MODEL_FILE,
            created=card.created or now.isoformat(timespec="seconds"),
            recipe=str(card.recipe.get("name", "")),
            seed=card.seed,
            figures=card.figures,
        )
        with self._whole_or_gone(model.key):
            write_atomically(model.file, read_bytes(file))
            self.save(model)
        return model

    @contextlib.contextmanager
    def _whole_or_gone(self, key: str) -> Iterator[None]:
        """Remove what there is of a new model where it cannot be written."""
        try:
            yield
        except DigitpadError:
            self.erase(key)
            raise

    def _release(self, key: str) -> None:
        lock = self._locks.pop(key, None)
        if lock is not None:
            lock.release()

    def _own(self) -> Iterator[Model]:
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            if (folder / _RUN_FILE).is_file():
                model = self._read(folder)
                if model is not None:
                    yield model

    def _read(self, folder: Path) -> Model | None:
        try:
            model = Model.from_json(folder, (folder / _RUN_FILE).read_bytes())
        except (OSError, ValueError):
            _log.warning("%s holds no model that can be read", folder, exc_info=True)
            return None
        if model.state is ModelState.RUNNING and not self._is_held(model):
            return _as_left(model)
        return model

    def _is_held(self, model: Model) -> bool:
        """Tell whether this process trains the run, or another one, or a trainer left alone."""
        if model.key in self._locks:
            return True
        return _is_locked(model.file.with_name(_LOCK_FILE)) or _is_locked(_trainers_lock(model))

    def _new_name(self, stem: str, *, numbered: bool = True) -> str:
        taken = {model.name for model in self.all()}
        if not numbered and stem not in taken:
            return stem
        number = 1 if numbered else 2
        while f"{stem} {number}" in taken:
            number += 1
        return f"{stem} {number}"

    def _new_folder(self, now: datetime, what: str) -> Path:
        stem = f"{now:%Y%m%d-%H%M%S-%f}-{what}"
        self._make(self._folder / stem)
        return self._folder / stem

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"{folder} cannot be created: {reason(error)}.", repr(error)
            ) from error

    def _move(self, source: Path, target: Path) -> None:
        self._make(target.parent)
        try:
            source.replace(target)
        except OSError as error:
            raise StorageError(
                f"{source} cannot be moved: {reason(error)}.", repr(error)
            ) from error


def _refuse_running(model: Model, changed: str) -> None:
    if model.state is ModelState.RUNNING:
        raise StorageError(f"\u201c{model.name}\u201d can be {changed} once training has finished.")


def _trainers_lock(model: Model) -> Path:
    return model.file.with_name(model.file.name + LOCK_SUFFIX)


def _is_locked(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _as_left(model: Model) -> Model:
    """Return a run as whatever ended it left it: with its model, to be resumed, or with nothing."""
    has_state = model.file.with_name(STATE_FILE).exists()
    if model.file.exists():
        figures = model.figures
        with contextlib.suppress(DigitpadError):
            figures = read_card(model.file).figures
        state = ModelState.STOPPED if has_state else ModelState.FINISHED
        return replace(model, state=state, figures=figures)
    if has_state:
        return replace(model, state=ModelState.INTERRUPTED)
    text = model.message or "The run ended before its first epoch was complete."
    return replace(model, state=ModelState.FAILED, message=text)
