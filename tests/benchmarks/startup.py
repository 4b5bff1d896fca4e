"""The time to a window and to a first answer: `python -m tests.benchmarks.startup`."""

import json
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

ROUNDS = 9
_TIMEOUT = 60.0
"""Seconds after which a start has failed."""


def events(kind: str, bytecode: str) -> dict[str, dict[str, float]]:
    """Run a probe in a home of its own; return its events, times in ms since its start.

    Python keeps what it compiles in the folder ``bytecode``, as it does for installed programs.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "QT_QPA_PLATFORM": "offscreen",
            **os.environ,
            "HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_DATA_HOME": home,
            "XDG_STATE_HOME": home,
            "PYTHONPYCACHEPREFIX": bytecode,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.time()
        output = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.probe", kind],
            env=environment,
            capture_output=True,
            check=True,
            text=True,
            timeout=_TIMEOUT,
        ).stdout
    found = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return {e["event"]: {**e, "ms": (e["at"] - started) * 1000} for e in found}


def torch_import() -> float:
    started = time.time()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
    return (time.time() - started) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as bytecode:
        for kind in ("bare", "empty", "digitpad"):
            events(kind, bytecode)
        measure(bytecode)


def measure(bytecode: str) -> None:
    bare, empty, ours, first, torch, freezes = [], [], [], [], [], []
    for _ in range(ROUNDS):
        bare.append(events("bare", bytecode)["painted"]["ms"])
        empty.append(events("empty", bytecode)["painted"]["ms"])
        found = events("digitpad", bytecode)
        ours.append(found["painted"]["ms"])
        first.append(found["recognised"]["ms"])
        freezes.append(found["recognised"]["longest_freeze"] * 1000)
        torch.append(torch_import())
    late = [a - b for a, b in zip(first, torch, strict=True)]
    print(f"start, median of {ROUNDS} rounds in turn")
    print(f"  Digitpad, canvas painted       {median(ours):7.0f} ms")
    print(f"  empty window                   {median(bare):7.0f} ms   {times(ours, bare)}")
    print(f"  empty window, same imports     {median(empty):7.0f} ms   {times(ours, empty)}")
    print(f"  python -c 'import torch'       {median(torch):7.0f} ms")
    print(f"  Digitpad, first prediction     {median(first):7.0f} ms   {median(late):+.0f} ms")
    print(f"  longest freeze while loading   {median(freezes):7.1f} ms   worst {max(freezes):.1f}")


def times(ours: list[float], others: list[float]) -> str:
    """Say how many times as long ours takes, round by round."""
    return f"we take {median(a / b for a, b in zip(ours, others, strict=True)):.2f} times as long"


if __name__ == "__main__":
    main()
