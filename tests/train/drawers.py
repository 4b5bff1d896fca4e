"""Run by a test: draws images for hours, in two processes that say when they are at work."""

import threading
import time

from tests.train.conftest import sample
from train import workshop
from train.data import Drawings
from train.workshop import Kind, Material, Order, make_all


def tell() -> None:
    while not hasattr(workshop, "_workshop"):
        time.sleep(0.05)
    print("working", flush=True)


def main() -> None:
    digits = Drawings("set", (sample(3),), ("3",), ("writer",))
    count = 100_000_000
    orders = [Order(Kind.DIGITS, 0, range(count))]
    for _ in make_all(Material((digits,), (), count, 1), orders, 2):
        pass


if __name__ == "__mp_main__":
    threading.Thread(target=tell, daemon=True).start()
if __name__ == "__main__":
    main()
