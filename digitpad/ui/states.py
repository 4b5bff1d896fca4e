"""What the window can be told: the state of the recogniser, and the kinds of messages."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class RecogniserState(StrEnum):
    """How the live recogniser is."""

    LOADING = "loading"
    READY = "ready"
    ERROR = "error"


class MessageKind(StrEnum):
    """How a message is meant.

    A notice disappears by itself or when the pen goes down, an error when the drawing changes. What
    lasts stays until it is dismissed or over, and comes back when another message had its place.
    """

    NOTICE = "notice"
    ERROR = "error"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a message offers to do: the text of a button, and what happens when it is pressed."""

    text: str
    accept: Callable[[], None]
