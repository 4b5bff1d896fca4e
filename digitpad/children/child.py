"""A child process that speaks in lines: starts and stops it, and says how it ended."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from digitpad.core.messages import Message, decode, encode

_log = logging.getLogger(__name__)

_GRACE_MS = 3000
_KEPT_STDERR = 20_000


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended, in words; ``expected`` where it was asked to."""

    expected: bool
    reason: str
    details: str
    crashed: bool = False


def command(job: str, arguments: list[str]) -> tuple[str, list[str]]:
    """Return program and arguments that run ``job`` in a process of its own.

    A frozen build is its own interpreter. ``-P`` keeps modules in the person's working folder
    from being imported in place of ours.
    """
    own = [] if getattr(sys, "frozen", False) else ["-P", "-m", "digitpad"]
    return sys.executable, [*own, "--job", job, *arguments]


class Child(QObject):
    """One run of a job, whose lines on stdout are messages, or whatever ``decode`` makes of them.

    ``decode`` raises ValueError for a line that it cannot read; such a line is logged and skipped.

    Signals: ``message_received(object)``, ``ended(Ending)`` (always, exactly once per start).
    """

    message_received = Signal(object)
    ended = Signal(object)

    def __init__(
        self,
        job: str,
        arguments: list[str],
        parent: QObject | None = None,
        decode: Callable[[bytes], object] = decode,
    ) -> None:
        super().__init__(parent)
        self._decode = decode
        self._stopping = False
        self._stderr = b""
        self._process = QProcess(self)
        program, options = command(job, arguments)
        self._process.setProgram(program)
        self._process.setArguments(options)
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_error_output)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._killer = QTimer(self, singleShot=True, interval=_GRACE_MS)
        self._killer.timeout.connect(self._process.kill)

    @property
    def process_id(self) -> int:
        """Return the operating system's number of the process, 0 where none runs."""
        return self._process.processId()

    def start(self) -> None:
        self._process.start()

    def send(self, message: Message) -> None:
        """Send at once; QProcess by itself would wait until the event loop comes round."""
        self._process.write(encode(message))
        self._process.waitForBytesWritten(0)

    def ask_to_end(self) -> None:
        """Close the child's stdin: it ends in its own time, with whatever it has to finish."""
        self._stopping = True
        self._process.closeWriteChannel()

    def stop(self) -> None:
        """Ask the child to end; kill it if it has not after three seconds."""
        self.ask_to_end()
        self._killer.start()

    def kill(self) -> None:
        """End the child at once, whatever it is doing."""
        self._stopping = True
        self._process.kill()

    def retire(self) -> None:
        """Stop the child, and delete this object once it is gone."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self.deleteLater()
            return
        self.ended.connect(self.deleteLater)
        self.stop()

    def wait(self) -> None:
        """Return once the child is gone; one asked to stop is killed after three seconds."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        if not self._process.waitForFinished(_GRACE_MS):
            self._process.kill()
            self._process.waitForFinished(1000)

    def _on_output(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                message = self._decode(line)
            except ValueError:
                _log.exception("the child sent a line that is not a message")
                continue
            self.message_received.emit(message)

    def _on_error_output(self) -> None:
        text = bytes(self._process.readAllStandardError().data())
        self._stderr = (self._stderr + text)[-_KEPT_STDERR:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(f"could not be started: {self._process.errorString()}")

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if status == QProcess.ExitStatus.CrashExit:
            self._end("crashed", crashed=True)
        else:
            self._end(f"exited with status {code}")

    def _end(self, reason: str, *, crashed: bool = False) -> None:
        self._killer.stop()
        details = self._stderr.decode(errors="replace")
        self.ended.emit(Ending(self._stopping, reason, details, crashed))
