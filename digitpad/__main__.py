"""The ``digitpad`` command: the window, ``predict``, ``--self-test``, and the children's jobs.

Nothing heavy is imported here, and what a command does not need is never imported.
"""

import argparse
import os
import sys
from pathlib import Path

from digitpad import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run the command line (``sys.argv`` by default) and return the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    match given:
        case ["--job", name, *rest]:
            return _run_job(name, rest)
        case ["predict", *rest]:
            return _predict(rest)
        case _:
            return _open_window(given)


def _run_job(name: str, arguments: list[str]) -> int:
    if name == "recognise":
        from digitpad.core import recognition_job

        return recognition_job.main(arguments)
    if name == "check-model":
        from digitpad.core.models import check as model_check

        return model_check.main(arguments)
    if name == "export-onnx":
        from digitpad.core.models import onnx_file

        return onnx_file.main(arguments)
    if name == "train":
        return _train(arguments)
    print(f"digitpad: unknown job {name!r}", file=sys.stderr)
    return 2


def _train(arguments: list[str]) -> int:
    """Run ``python -m train``, by name: the app starts training and knows nothing else of it."""
    import runpy

    from digitpad.priority import give_way

    if arguments[:1] not in (["describe"], ["survey"]):  # a window waits for those
        give_way()
    sys.argv = ["python -m train", *arguments]
    runpy.run_module("train", run_name="__main__", alter_sys=True)
    return 0


def _predict(arguments: list[str]) -> int:
    from digitpad import predict

    parser = argparse.ArgumentParser(
        prog="digitpad predict", description="Recognise digits in pictures and ink files."
    )
    predict.add_arguments(parser)
    return predict.run(parser.parse_args(arguments))


def _open_window(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="digitpad",
        description="Draw a digit, watch it being recognised.",
        epilog="To recognise files without a window: digitpad predict --help",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="picture or ink file to open")
    parser.add_argument("--version", action="version", version=f"Digitpad {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="draw each digit, check the answers and exit"
    )
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="where the self-test saves a screenshot"
    )
    parser.add_argument(
        "--or-self-test", action="store_true", help="if there is no display, run the self-test"
    )
    options = parser.parse_args(arguments)
    if options.screenshot and not (options.self_test or options.or_self_test):
        parser.error("--screenshot needs --self-test")
    if options.self_test or (options.or_self_test and not has_display()):
        return _self_test(options.screenshot, announce=not options.self_test)
    from digitpad import launch

    return launch.run(options.file)


def _self_test(screenshot: Path | None, *, announce: bool) -> int:
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if announce:
        screenshot = screenshot or Path("build") / "digitpad.png"
        print(f"No display: running the self-test; its screenshot is saved as {screenshot}.")
    from digitpad import self_test

    return self_test.run(screenshot)


def has_display() -> bool:
    """Tell whether a window can be expected to open; only Linux and its like can lack one."""
    if sys.platform in ("win32", "darwin") or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from digitpad import frozen

        frozen.prepare()
    sys.exit(main())
