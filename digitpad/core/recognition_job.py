"""The child's side of live recognition: drawings on stdin, answers on stdout, one line each.

Ends when stdin closes, which also happens when the parent dies.
"""

import argparse
import gc
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from digitpad import resources
from digitpad.core.errors import DigitpadError, ModelError
from digitpad.core.messages import (
    Failed,
    Layers,
    Message,
    MessageError,
    Ready,
    Recognise,
    Recognised,
    decode,
    encode,
)
from digitpad.core.normalise import normalise
from digitpad.core.prediction import Prediction
from digitpad.core.recogniser import Recogniser

_log = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    """Serve until stdin closes; returns the exit status."""
    parser = argparse.ArgumentParser(prog="digitpad --job recognise")
    parser.add_argument("--model", type=Path, default=resources.bundled_model())
    options = parser.parse_args(arguments)
    # Whatever a library prints must not be taken for a message.
    messages, sys.stdout = sys.stdout.buffer, sys.stderr
    try:
        recogniser, notice = _load(options.model)
    except ModelError as error:
        _send(messages, Failed(None, str(error), error.details))
        return 1
    gc.freeze()  # to look for garbage among all that torch is made of would hold up an answer
    _send(messages, Ready(recogniser.card.name, notice))
    for line in sys.stdin.buffer:
        for answer in _answers(recogniser, line):
            _send(messages, answer)
    return 0


def _load(path: Path) -> tuple[Recogniser, str]:
    """Load the model at ``path`` or, where that fails, the bundled one, with a notice of why."""
    try:
        return Recogniser.load(path), ""
    except ModelError as error:
        if path == resources.bundled_model():
            raise
        _log.warning("falling back to the bundled model", exc_info=error)
        notice = f"{error} The bundled model is used instead."
        return Recogniser.load(resources.bundled_model()), notice


def _answers(recogniser: Recogniser, line: bytes) -> Iterator[Message]:
    """Yield the answer, and then what is less urgent."""
    try:
        message = decode(line)
    except MessageError as error:
        yield Failed(None, str(error))
        return
    if not isinstance(message, Recognise):
        yield Failed(None, f"not a request: {line[:200]!r}")
        return
    answer = _answer(recogniser, message)
    yield answer
    if message.layers and isinstance(answer, Recognised) and answer.normalised is not None:
        image = answer.normalised.image
        yield Layers(message.request, (image[None], *recogniser.layers(image)))


def _answer(recogniser: Recogniser, message: Recognise) -> Recognised | Failed:
    try:
        normalised = normalise(message.drawing)
    except DigitpadError as error:
        return Failed(message.request, str(error), error.details)
    if normalised is None:
        return Recognised(message.request, Prediction.blank(), None)
    (prediction,) = recogniser.predict(normalised.image[None], pen_down=message.pen_down)
    return Recognised(message.request, prediction, normalised)


def _send(stream: IO[bytes], message: Message) -> None:
    stream.write(encode(message))
    stream.flush()
