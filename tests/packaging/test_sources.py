"""What a bundle is made from is whole, and agrees with the rest of the project."""

import configparser
import ctypes
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import digitpad
from digitpad.core.formats import inkml

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "assets" / "packaging"
LINUX = PACKAGING / "linux"

sys.path.append(str(PACKAGING))

import debian  # noqa: E402
import pruning  # noqa: E402 - its folder is no package
import symbols  # noqa: E402


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(LINUX / "digitpad.desktop", "utf-8")
    return parser["Desktop Entry"]


def metainfo() -> ET.Element:
    return ET.parse(LINUX / "io.github.digitpad.metainfo.xml").getroot()


def test_the_desktop_entry_opens_files_with_our_program() -> None:
    entry = desktop_entry()
    assert entry["Exec"] == "digitpad %f"
    assert entry["Type"] == "Application"
    assert entry["Icon"] == "digitpad"
    pictures = {f"image/{kind}" for kind in ("png", "jpeg", "bmp", "webp", "tiff")}
    assert {"application/inkml+xml"} | pictures <= set(entry["MimeType"].split(";"))
    assert entry["Categories"].endswith(";")


def test_the_mime_type_has_the_suffixes_that_we_read() -> None:
    tree = ET.parse(LINUX / "digitpad.xml")
    names = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    assert {glob.attrib["pattern"] for glob in tree.iterfind(".//m:glob", names)} == {
        f"*{suffix}" for suffix in inkml.SUFFIXES
    }


def test_the_metainfo_knows_this_version_and_the_desktop_entry() -> None:
    root = metainfo()
    assert next(release.attrib["version"] for release in root.iterfind("releases/release")) == (
        digitpad.__version__
    )
    assert root.findtext("launchable") == "digitpad.desktop"
    categories = {category.text for category in root.iterfind("categories/category")}
    assert categories <= set(desktop_entry()["Categories"].split(";"))


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="there is no appstreamcli here")
def test_the_metainfo_is_valid() -> None:
    file = LINUX / "io.github.digitpad.metainfo.xml"
    command = ["appstreamcli", "validate", "--no-net", str(file)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="it is not here")
def test_the_desktop_entry_is_valid() -> None:
    command = ["desktop-file-validate", str(LINUX / "digitpad.desktop")]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout


def test_the_spec_compiles_and_names_files_that_exist() -> None:
    text = (PACKAGING / "digitpad.spec").read_text("utf-8")
    compile(text, "digitpad.spec", "exec")
    bundled = re.search(r'for name in \("weights".*?\)', text)
    assert bundled is not None
    for name in re.findall(r'"(\w+)"', bundled.group()):
        assert (ROOT / "assets" / name).is_dir()


@pytest.mark.parametrize(
    "path",
    [
        "torch/bin/torch_shm_manager",
        "torch/lib/libtorch_cpu.so",
        "torch/_inductor/config.py",
        "torch/nn/functional.py",
        "torch-2.13.0.dist-info/METADATA",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "digitpad/assets/weights/best.safetensors",
    ],
)
def test_pruning_keeps_what_is_needed(path: str) -> None:
    assert pruning.is_used(path)


@pytest.mark.parametrize(
    "path",
    [
        "torch/bin/protoc",
        "torch/test/cpp/x.py",
        "torch/_inductor/ir.py",
        "torch-2.13.0.dist-info/RECORD",
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
    ],
)
def test_pruning_leaves_out_what_is_not(path: str) -> None:
    assert not pruning.is_used(path)


def test_orphans_of_pruned_libraries_go_with_them() -> None:
    needs = {"/venv/a.so": ["libb.so"], "/usr/lib/libb.so": ["libc.so"]}
    entries = [
        ("a.so", "/venv/a.so", "BINARY"),
        *((f"lib{x}.so", f"/usr/lib/lib{x}.so", "BINARY") for x in "bcd"),
    ]
    kept = pruning.without_orphans(entries, lambda path: needs.get(str(path), []))
    assert [name for name, _, _ in kept] == ["a.so", "libb.so", "libc.so"]


@pytest.mark.skipif(shutil.which("strip") is None, reason="there are no binutils here")
@pytest.mark.skipif(sys.platform != "linux", reason="a Linux matter")
def test_libraries_without_their_symbols_still_load(tmp_path: Path) -> None:
    library = str(import_module("safetensors._safetensors_rust").__file__)
    large = ("torch/lib/libtorch_large.so", library, "BINARY")
    other = ("libQt6Core.so.6", "/nowhere/libQt6Core.so.6", "BINARY")
    link = ("torch/lib/libtorch_cpu.so", "elsewhere/libtorch_cpu.so", "SYMLINK")
    (stripped, *rest) = symbols.without_symbols([large, other, link], tmp_path)
    assert rest == [other, link]
    assert stripped[0] == large[0]
    assert Path(stripped[1]).stat().st_size < Path(library).stat().st_size
    assert ctypes.CDLL(stripped[1]).PyInit__safetensors_rust


@pytest.mark.skipif(shutil.which("objdump") is None, reason="there are no binutils here")
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="there is no dpkg here")
def test_the_deb_puts_everything_where_a_desktop_looks(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "share/applications").mkdir(parents=True)
    shutil.copy(LINUX / "digitpad.desktop", bundle / "share/applications")
    shutil.copy("/bin/true", bundle / "digitpad")
    deb = debian.build(bundle, tmp_path / "digitpad.deb", "1.2")

    def of_deb(*arguments: str) -> str:
        command = ["dpkg-deb", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert of_deb("--field", str(deb), "Version") == "1.2\n"
    assert of_deb("--field", str(deb), "Depends").startswith("libc6 (>= 2.")
    listed = of_deb("--contents", str(deb))
    assert " ./usr/bin/digitpad -> /opt/digitpad/digitpad" in listed
    assert " ./usr/share/applications/digitpad.desktop" in listed
    assert " ./usr/share/doc/digitpad/copyright" in listed
    assert "opt/digitpad/share" not in listed
