import subprocess
import sys


def test_window_loads_nothing_heavy() -> None:
    """Each of these would add tenths of a second to the start; torch would freeze the window."""
    code = (
        "import sys, digitpad.ui.window.main_window;"
        "heavy = {'torch', 'cv2', 'PIL', 'scipy', 'matplotlib', 'pandas'} & set(sys.modules);"
        "print(*heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "")
