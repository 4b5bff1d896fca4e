from pathlib import Path

from digitpad.settings import Settings


def at_the_next_start(path: Path) -> Settings:
    """Return the settings on disk; those of one file are shared within a process."""
    return Settings(path.rename(path.with_name("moved.ini")))


def test_what_was_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.ini"
    settings = Settings(path)
    settings.window_state = b"\x00state\xff"
    for number in range(12):
        settings.add_recent_file(f"/tmp/{number}.png")
    settings.add_recent_file("/tmp/5.png")
    settings.sync()
    again = at_the_next_start(path)
    assert again.window_state == b"\x00state\xff"
    assert again.recent_files[:2] == ["/tmp/5.png", "/tmp/11.png"]
    assert len(again.recent_files) == len(set(again.recent_files)) == 10


def test_one_recent_file_is_still_a_list(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    settings = Settings(path)
    settings.add_recent_file("/tmp/with, comma.png")
    settings.sync()
    assert at_the_next_start(path).recent_files == ["/tmp/with, comma.png"]


def test_a_damaged_file_gives_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"\x00\xff[[[\nwindow/state=3\nfiles=7")
    settings = Settings(path)
    assert settings.window_state == b""
    assert settings.recent_files == []
