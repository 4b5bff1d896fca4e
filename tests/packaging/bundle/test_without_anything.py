"""The bundle on a machine that has nothing else: no Python, no project, no data."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from digitpad import resources
from digitpad.core.formats.inkml import read_inkml
from tests.packaging.bundle.conftest import Bundle

sys.path.append(str(Path(__file__).parents[3] / "assets" / "packaging"))

import libraries


def picture_of(ink_file: Path, target: Path) -> Path:
    """Draw an ink file as black on white into ``target``."""
    ink = read_inkml(ink_file.read_bytes(), str(ink_file))
    box = ink.bounds()
    assert box is not None
    scale = 200 / max(box.width, box.height)
    image = Image.new("RGB", (300, 300), "white")
    draw = ImageDraw.Draw(image)
    for stroke in ink.strokes:
        points = [
            ((x - box.left) * scale + 50, (y - box.top) * scale + 50) for x, y, _ in stroke.points
        ]
        draw.line(points, fill="black", width=18, joint="curve")
    image.save(target)
    return target


def answers(bundle: Bundle, *paths: Path) -> list[int]:
    process = bundle.run("predict", "--json", *paths)
    assert process.returncode == 0, process.stderr
    return [json.loads(line)["digit"] for line in process.stdout.splitlines()]


def test_self_test_passes_and_leaves_a_screenshot(bundle: Bundle) -> None:
    picture = bundle.folder / "window.png"
    process = bundle.run("--self-test", "--screenshot", picture)
    assert process.returncode == 0, process.stdout + process.stderr
    assert json.loads(process.stdout)["passed"]
    assert "Traceback" not in process.stderr
    with Image.open(picture) as image:
        assert image.width > 400


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="there is no Xvfb here")
def test_self_test_passes_on_a_screen(bundle: Bundle) -> None:
    environment = {k: v for k, v in bundle.environment.items() if k != "DISPLAY"}
    process = subprocess.run(
        ["xvfb-run", "-a", bundle.executable, "--self-test"],
        env=environment | {"QT_QPA_PLATFORM": "xcb"},
        cwd=bundle.folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert json.loads(process.stdout.splitlines()[-1])["passed"]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp", ".tiff"])
def test_predict_reads_a_picture(bundle: Bundle, suffix: str) -> None:
    file = bundle.folder / f"sieben \N{GREEK SMALL LETTER PI}{suffix}"
    assert answers(bundle, picture_of(resources.sample_ink() / "7.inkml", file)) == [7]


def test_predict_reads_ink_files(bundle: Bundle) -> None:
    files = sorted(resources.sample_ink().glob("*.inkml"))
    copies = [Path(shutil.copy(file, bundle.folder)) for file in files]
    assert answers(bundle, *copies) == list(range(10))


def test_modules_in_the_working_folder_change_nothing(bundle: Bundle) -> None:
    names = ("train", "torch", "numpy", "digitpad", "sitecustomize", "json", "PySide6")
    for name in names:
        (bundle.folder / f"{name}.py").write_text("open('hijacked', 'w'); raise SystemExit(3)\n")
    folder = str(bundle.folder)
    for arguments in (["--self-test"], ["--job", "train", "list"]):
        process = bundle.run(*arguments, PYTHONPATH=folder, PYTHONHOME=folder)
        assert process.returncode == 0, process.stdout + process.stderr
    assert not (bundle.folder / "hijacked").exists()


def test_nothing_is_written_beside_the_executable(bundle: Bundle, unpacked: Path) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {
            path: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in unpacked.rglob("*")
        }

    before = state()
    assert bundle.run("--self-test").returncode == 0
    assert bundle.run("--job", "train", "list").returncode == 0
    assert state() == before


def test_the_licences_of_what_is_inside_are_there(unpacked: Path) -> None:
    (folder,) = (path for path in unpacked.rglob("licences") if path.parent.name == "assets")
    titles = {file.stem.split()[0].lower() for file in folder.glob("*.txt")}
    assert titles >= {"torch", "pyside6_essentials", "numpy", "pillow", "python", "digitpad"}
    (qt,) = folder.glob("PySide6_Essentials*.txt")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.read_text("utf-8")
    assert all(len(file.read_text("utf-8")) > 100 for file in folder.glob("*.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no links in archives")
def test_links_inside_lead_somewhere(unpacked: Path) -> None:
    assert [path for path in unpacked.rglob("*") if path.is_symlink() and not path.exists()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="a Linux matter")
def test_every_desktop_has_the_libraries_that_are_not_inside(unpacked: Path) -> None:
    graphics = {"libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libOpenGL.so.0", "libxcb.so.1"}
    wayland = {"libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1"}
    assert libraries.needed(unpacked) <= graphics | wayland


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="there is no dpkg here")
def test_the_deb_brings_the_same_files(unpacked: Path, tmp_path: Path) -> None:
    (deb,) = Path(os.environ["DIGITPAD_ARCHIVE"]).parent.glob("digitpad-*.deb")
    subprocess.run(["dpkg-deb", "-x", deb, tmp_path], check=True)

    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()}

    program, share = tmp_path / "opt/digitpad", tmp_path / "usr/share"
    assert files(program) | {"share" / path for path in files(share)} == files(
        unpacked / "digitpad"
    ) | {Path("share/doc/digitpad/copyright")}
    assert (tmp_path / "usr/bin/digitpad").readlink() == Path("/opt/digitpad/digitpad")
