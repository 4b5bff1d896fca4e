"""Makes of a built bundle what people download: `python assets/packaging/release.py dist`.

Linux: the desktop's files inside, a .tar.xz, and a .deb where dpkg-deb is there. macOS: a .zip of
the .app. Windows: a .zip. Archives keep symlinks.
"""

import argparse
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

import debian
import icons

ROOT = Path(__file__).parents[2]
LINUX = Path(__file__).parent / "linux"
XZ_PRESET: Final = 1
"""A quarter smaller than gzip's; the usual 6 would save an eighth more, in six times the time."""


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from digitpad import __version__

    parser = argparse.ArgumentParser(description="Make downloads of a bundle.")
    parser.add_argument("dist", type=Path, help="the folder that PyInstaller put the bundle into")
    dist = parser.parse_args().dist
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    name = f"digitpad-{__version__}-{system}-{platform.machine().lower()}"
    for file in make(dist, name, __version__):
        print(f"{file}  {file.stat().st_size / 1e6:,.0f} MB")


def make(dist: Path, name: str, version: str) -> list[Path]:
    """Write the downloads of this system into ``dist`` and return them."""
    if sys.platform == "darwin":
        archive = dist / f"{name}.zip"
        app = dist / "Digitpad.app"
        subprocess.run(["ditto", "-c", "-k", "--keepParent", app, archive], check=True)
        return [archive]
    bundle = dist / "digitpad"
    if sys.platform == "win32":
        return [Path(shutil.make_archive(str(dist / name), "zip", dist, bundle.name))]
    shutil.rmtree(bundle / "share", ignore_errors=True)
    add_desktop_files(bundle / "share")
    archive = dist / f"{name}.tar.xz"
    with tarfile.open(archive, "w:xz", preset=XZ_PRESET) as tar:
        tar.add(bundle, "digitpad", filter=_owned_by_nobody)
    if shutil.which("dpkg-deb") is None:
        return [archive]
    return [archive, debian.build(bundle, dist / f"{name}.deb", version)]


def add_desktop_files(share: Path) -> None:
    """Write what a Linux desktop wants to find below /usr/share."""
    for target in (
        share / "applications" / "digitpad.desktop",
        share / "metainfo" / "io.github.digitpad.metainfo.xml",
        share / "mime" / "packages" / "digitpad.xml",
    ):
        target.parent.mkdir(parents=True)
        shutil.copyfile(LINUX / target.name, target)
    svg = ROOT / "assets" / "icons" / "digitpad.svg"
    hicolor = share / "icons" / "hicolor"
    (hicolor / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(svg, hicolor / "scalable" / "apps" / "digitpad.svg")
    for size, png in icons.render(svg, share / "png").items():
        folder = hicolor / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        png.rename(folder / "digitpad.png")
    (share / "png").rmdir()


def _owned_by_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


if __name__ == "__main__":
    main()
