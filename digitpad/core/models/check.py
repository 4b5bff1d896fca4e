"""The child's side of importing: loads a model as the recogniser would, and says whether it can."""

import sys
from pathlib import Path

from digitpad.core.errors import ModelError
from digitpad.core.messages import Failed, Message, Ready, encode
from digitpad.core.recogniser import Recogniser


def main(arguments: list[str]) -> int:
    """Try the model file that is the only argument; the answer is one message on stdout."""
    stdout, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        message: Message = Ready(Recogniser.load(Path(arguments[0])).card.name)
    except ModelError as error:
        message = Failed(None, str(error), error.details)
    stdout.write(encode(message))
    stdout.flush()
    return 0 if isinstance(message, Ready) else 1
