import os
import subprocess
import sys

SCRIPT = """
import ctypes
import os
import sys

from digitpad.priority import give_way

give_way()
if sys.platform == "win32":
    kernel = ctypes.windll.kernel32
    print(kernel.GetPriorityClass(kernel.GetCurrentProcess()))
else:
    print(os.nice(0))
"""
BELOW_NORMAL = 0x4000


def test_a_process_that_gives_way_comes_after_others() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    expected = BELOW_NORMAL if sys.platform == "win32" else min(os.nice(0) + 10, 19)
    assert int(ran.stdout) == expected
