"""The child's side of importing: loads a model as the recogniser would, and says whether it can."""

from pathlib import Path

from digitpad.core.models.reply import reply
from digitpad.core.recogniser import Recogniser


def main(arguments: list[str]) -> int:
    """Try the model file that is the only argument; the answer is one message on stdout."""
    return reply(lambda: Recogniser.load(Path(arguments[0])).card.name)
