"""NumPy, loaded when it is first used: until somebody draws, a window does without it.

``from digitpad.core.lazy import np`` is the ``lazy import numpy as np`` of Python 3.15 (PEP 810).
It is for modules that come with the window; all others import NumPy as usual.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["np"]


class _Lazy(ModuleType):
    """Stands for the module of its name; safe from several threads, as every import is."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        value = getattr(import_module(self.__name__), name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:
    import numpy as np
else:
    np = _Lazy("numpy")
