"""Where an error goes that nobody caught."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import logging
import sys
from pathlib import Path

from digitpad import logs

logs.start_logging(Path(sys.argv[1]))
logs.catch_exceptions(lambda sentence, details: print(sentence, details))
logging.info("all is well")
raise {error}
"""


def run(folder: Path, error: str = "ValueError('too bad')") -> subprocess.CompletedProcess[str]:
    code = SCRIPT.format(error=error)
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )


def test_what_nobody_caught_is_shown_and_logged(tmp_path: Path) -> None:
    ran = run(tmp_path / "new" / "logs")
    log = (tmp_path / "new" / "logs" / "digitpad.log").read_text("utf-8")
    assert "Your drawing is safe" in ran.stdout
    for place in (ran.stdout, ran.stderr, log):
        assert "ValueError: too bad" in place
    assert "all is well" in log
    assert "all is well" not in ran.stderr


def test_where_there_can_be_no_log_errors_still_go_to_the_screen(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    ran = run(tmp_path / "file" / "logs")
    assert "Your drawing is safe" in ran.stdout
    assert "ValueError: too bad" in ran.stderr


def test_an_interrupt_is_no_error(tmp_path: Path) -> None:
    ran = run(tmp_path, "KeyboardInterrupt")
    assert ran.stdout == ""
    assert "nobody caught this" not in (tmp_path / "digitpad.log").read_text("utf-8")
