"""What the app remembers from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 10


class Settings:
    """Typed access to the settings file; a value that makes no sense counts as not set."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def window_state(self) -> bytes:
        value = self._store.value("window/state", QByteArray())
        return bytes(value.data()) if isinstance(value, QByteArray) else b""

    @window_state.setter
    def window_state(self, state: bytes) -> None:
        self._store.setValue("window/state", QByteArray(state))

    @property
    def recent_files(self) -> list[str]:
        value = self._store.value("files/recent", [])
        entries = value if isinstance(value, list) else [value]
        return [entry for entry in entries if isinstance(entry, str) and entry]

    def add_recent_file(self, path: str) -> None:
        """Put ``path`` first, once, and forget the oldest beyond ten."""
        others = [known for known in self.recent_files if known != path]
        self._store.setValue("files/recent", [path, *others][:_MOST_RECENT])

    def forget_recent_files(self) -> None:
        self._store.remove("files/recent")

    def sync(self) -> None:
        """Write the settings to disk now."""
        self._store.sync()
