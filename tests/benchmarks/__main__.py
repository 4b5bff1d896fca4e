"""All measurements, one after the other: `make benchmark`."""

import subprocess
import sys

_ALL = ("startup", "pen_to_bars", "inference", "normalisation")


def main() -> None:
    for name in _ALL:
        print(f"--- {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
