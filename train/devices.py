"""What there is to train on: found by name, and what each can do."""

import re
import sys

import torch

from digitpad.core.errors import InputError

_KNOWN = re.compile(r"cpu|(cuda|mps)(:\d+)?")
_MOST_PROCESSES = 8
"""Each takes a quarter of a gigabyte."""


def device_called(name: str) -> torch.device:
    """Return the device; auto takes CUDA, then Apple's, then the CPU. Raises InputError."""
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    missing = f"There is no device {name!r} here: try cpu."
    if _KNOWN.fullmatch(name) is None:
        raise InputError(missing)
    try:
        torch.zeros(1, device=name)
        return torch.device(name)
    except (RuntimeError, AssertionError) as error:
        raise InputError(missing, str(error)) from error


def fast_in_bf16(device: torch.device) -> bool:
    """Tell whether the device computes in bfloat16 itself.

    Where it has to be emulated, a step takes twice as long as in float32 (AVX-512 alone) or eight
    times as long (AVX2).
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())  # noqa: SLF001


def processes() -> int:
    """Return how many processes may work beside each other: one for each thread of torch's."""
    return min(torch.get_num_threads(), _MOST_PROCESSES)


def memory_used(device: torch.device) -> int:
    """Return the bytes in use on a GPU, else the most that this process ever used."""
    if device.type == "cuda":
        return torch.cuda.memory_allocated(device)
    if device.type == "mps":
        return torch.mps.current_allocated_memory()
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
