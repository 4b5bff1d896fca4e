"""The child's side of a question about a model: works, and says in one message how it went."""

import sys
from collections.abc import Callable

from digitpad.core.errors import DigitpadError
from digitpad.core.messages import Failed, Message, Ready, encode


def reply(work: Callable[[], str]) -> int:
    """Write Ready with what ``work`` returns, or Failed with why not; returns the exit status.

    While it works, what is printed goes to stderr: stdout is for the message alone.
    """
    stdout, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        message: Message = Ready(work())
    except DigitpadError as error:
        message = Failed(None, str(error), error.details)
    stdout.write(encode(message))
    stdout.flush()
    return 0 if isinstance(message, Ready) else 1
