"""How much of the machine a process claims: drawing comes before training."""

import ctypes
import os
import sys

_NICENESS = 10
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


def give_way() -> None:
    """Let other processes go first from now on; with nobody else about, this costs nothing."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICENESS)
