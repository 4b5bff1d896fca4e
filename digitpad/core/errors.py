"""What can go wrong, in kinds that a caller can tell apart.

DigitpadError
├── InputError          a file or drawing from outside that cannot be read
├── ModelError          a model file that is missing, damaged or of another kind
├── StorageError        something that could not be written
├── StoppedError        not an error: the person ended it
└── DefectError         a mistake in Digitpad itself
"""

import traceback


class DigitpadError(Exception):
    """Base of all errors that are shown to a person.

    The message is a sentence for the person: what is wrong, where, what to do.
    ``details`` holds what an engineer wants to see and may be empty.
    """

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class InputError(DigitpadError):
    """A file or drawing from outside cannot be read."""


class ModelError(DigitpadError):
    """A model file is missing, damaged or made for something else."""


class StorageError(DigitpadError):
    """A file could not be written."""


class StoppedError(DigitpadError):
    """The person ended what was going on."""

    def __init__(self) -> None:
        super().__init__("It was stopped.")


class DefectError(DigitpadError):
    """A mistake in Digitpad itself; ``details`` is the traceback."""

    def __init__(self, error: BaseException) -> None:
        details = "".join(traceback.format_exception(error))
        super().__init__("Something went wrong inside Digitpad.", details)
