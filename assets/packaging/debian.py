"""A .deb of the bundle: one file to click on in Debian and Ubuntu."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import libraries

LICENCE = Path(__file__).parents[2] / "LICENSE"

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
}
"""Which package of Debian's brings a library that the bundle leaves to the system."""

_COPYRIGHT = """\
{licence}
Digitpad brings Python, Qt, PyTorch and other libraries. The licence of each is in
/opt/digitpad/_internal/digitpad/assets/licences.
"""

_CONTROL = """\
Package: digitpad
Version: {version}
Section: education
Priority: optional
Architecture: {architecture}
Maintainer: The Digitpad authors <digitpad@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: ca-certificates, fontconfig
Description: draw a digit, watch a neural network recognise it
 Digitpad recognises handwritten digits while the pen still moves. It can be
 trained anew, and compares what comes out with what was there.
"""


def build(bundle: Path, deb: Path, version: str) -> Path:
    """Write ``deb``: ``bundle`` in /opt, its share/ in /usr, and the command digitpad."""
    with tempfile.TemporaryDirectory(dir=deb.parent) as name:
        root = Path(name)
        (root / "DEBIAN").mkdir()
        (root / "usr" / "bin").mkdir(parents=True)
        shutil.copytree(bundle, root / "opt/digitpad", symlinks=True, copy_function=_link)
        (root / "opt/digitpad/share").rename(root / "usr/share")
        (root / "usr/bin/digitpad").symlink_to("/opt/digitpad/digitpad")
        (root / "usr/share/doc/digitpad").mkdir(parents=True)
        licence = _COPYRIGHT.format(licence=LICENCE.read_text("utf-8"))
        (root / "usr/share/doc/digitpad/copyright").write_text(licence, "utf-8")
        (root / "DEBIAN/control").write_text(_control(bundle, version), "utf-8")
        root.chmod(0o755)
        options = ["--root-owner-group", "-Zzstd", "-z9"]
        command = ["dpkg-deb", *options, "--build", str(root), str(deb)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return deb


def depends(bundle: Path) -> list[str]:
    """Return the packages that bring what ``bundle`` needs of the system."""
    names = libraries.needed(bundle)
    if unknown := names - _PACKAGES.keys():
        raise SystemExit(f"Which Debian packages bring {', '.join(sorted(unknown))}?")
    packages = sorted(_PACKAGES[name] for name in names)
    return [f"libc6 (>= {libraries.c_library(bundle)})", *packages]


def _control(bundle: Path, version: str) -> str:
    size = sum(file.lstat().st_size for file in bundle.rglob("*") if file.is_file())
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    ).stdout.strip()
    return _CONTROL.format(
        version=version,
        architecture=architecture,
        kilobytes=size // 1024,
        depends=", ".join(depends(bundle)),
    )


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)
