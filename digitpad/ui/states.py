"""What the window can be told: how the recogniser is, and how a message is meant."""

from enum import StrEnum


class RecogniserState(StrEnum):
    """How the live recogniser is."""

    LOADING = "loading"
    READY = "ready"
    ERROR = "error"


class MessageKind(StrEnum):
    """How a message is meant: a notice leaves by itself, an error stays until dismissed."""

    NOTICE = "notice"
    ERROR = "error"
