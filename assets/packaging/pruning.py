"""What a bundle leaves out: parts of the libraries that Digitpad never reaches.

Each rule was tried by `make package-test`; what a rule must not touch is said beside it.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

_TESTS_OF_TORCH = (
    *("codegen", "data", "generated", "opinfo", "test_module", "common_cuda", "common_device_type"),
    *("common_dist_composable", "common_distributed", "common_fsdp", "common_jit"),
    *("common_methods_invocations", "common_mkldnn", "common_modules", "common_nn"),
    *("common_optimizers", "common_pruning", "common_quantization", "common_quantized"),
    *("common_subclass", "common_utils"),
)
"""Of torch.testing._internal, from which torch itself imports logging_tensor and common_dtype."""

EXCLUDED_MODULES = [
    # Optional partners of torch, numpy and us. (sympy stays: torch's optimisers import it.)
    *("matplotlib", "scipy", "pandas", "h5py", "numba", "cupy", "triton", "tensorboard"),
    *("sklearn", "joblib", "onnx", "onnxscript", "onnx_ir", "onnxruntime", "ml_dtypes"),
    *("networkx", "jinja2", "markupsafe", "fsspec", "torch.utils.tensorboard", "numpy.f2py"),
    *(f"torch.testing._internal.{name}" for name in _TESTS_OF_TORCH),
    # Optional partners of pyqtgraph
    *("OpenGL", "pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter"),
    *("pyqtgraph.console", "pyqtgraph.flowchart", "PIL.ImageQt"),
    # Tools for developers
    *(
        "IPython",
        "tkinter",
        "pytest",
        "_pytest",
        "py",
        "readline",
        "hypothesis",
        "mypy",
        "setuptools",
        "pip",
    ),
    *("pygments", "rich", "yaml", "pkg_resources", "idlelib", "lib2to3", "pydoc_data"),
    # Qt beyond windows, painting and SVG. (pyqtgraph imports QtOpenGL and QtOpenGLWidgets.)
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtPrintSupport"),
    *("PySide6.QtTest", "PySide6.QtSvgWidgets", "PySide6.QtUiTools", "PySide6.QtSql"),
]

_UNUSED_FILES = (
    # torch: all programs but torch_shm_manager, without which it does not import
    *("torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/*", "*.pyi", "*.lib"),
    *("torch/lib/libtorchbind_test.*", "torch/lib/libjitbackend_test.*", "torch/lib/libshm/*"),
    *("torch/lib/libbackend_with_compiler.*", "torch/lib/libaoti_custom_ops.*"),
    *("torch/lib/libshm_windows/*", "torch/testing/*.py", "torch/_inductor/*.h"),
    # torch: the sources of compilers and exporters, which stay as bytecode; many others are read
    *("torch/_inductor/*.py", "torch/_dynamo/*.py", "torch/onnx/*.py", "torch/ao/*.py"),
    # Qt: no translations, QML, network, virtual keyboard, nor screens without a desktop
    *("PySide6/Qt/translations/*", "PySide6/translations/*", "PySide6/*/qml/*"),
    *("*/plugins/tls/*", "*/plugins/networkinformation/*", "*/plugins/generic/*"),
    *("*/plugins/platforminputcontexts/*virtualkeyboard*", "*/plugins/egldeviceintegrations/*"),
    *("*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*"),
    *("*/plugins/platforms/*vkkhr*", "*/plugins/platforms/*minimalegl*"),
    *("*/plugins/platforms/*qminimal*", "*/plugins/imageformats/*icns*"),
    *("*/plugins/imageformats/*tga*", "*/plugins/imageformats/*wbmp*"),
    # Qt's GTK theme would mix the GTK of the system with older libraries from this bundle.
    "*/plugins/platformthemes/*gtk3*",
    *("*/plugins/imageformats/*pdf*", "*/plugins/sqldrivers/*", "*/plugins/qmltooling/*"),
    *("*libQt6Qml*", "*libQt6Quick*", "*libQt6VirtualKeyboard*", "*libQt6Network*"),
    *("*libQt6EglF*", "*Qt6Qml*.dll", "*Qt6Quick*.dll", "*Qt6VirtualKeyboard*.dll"),
    *("*Qt6Network*.dll", "*opengl32sw.dll", "*opencv_videoio_ffmpeg*.dll"),
    "*.dist-info/*",
    # numpy and pyqtgraph: tests, headers, examples, colour maps
    *("numpy/*/tests/*", "numpy/_core/include/*", "numpy/_core/lib/*", "pyqtgraph/examples/*"),
    "pyqtgraph/colors/maps/*",
)
_NEEDED_ALL_THE_SAME = (
    *("torch/bin/torch_shm_manager*", "*.dist-info/METADATA"),
    "torch/*config*.py",  # these read themselves when they are imported
)

Entry = TypeVar("Entry", bound=tuple[str, str, str])


def is_used(path: str) -> bool:
    """Tell whether the file at ``path`` inside the bundle is of any use to Digitpad."""
    path = path.replace("\\", "/")
    if any(fnmatchcase(path, pattern) for pattern in _NEEDED_ALL_THE_SAME):
        return True
    return not any(fnmatchcase(path, pattern) for pattern in _UNUSED_FILES)


def pruned(entries: Iterable[Entry]) -> list[Entry]:
    """Return those (path inside, source, kind) entries of PyInstaller's that are of use."""
    return [entry for entry in entries if is_used(entry[0])]


def without_orphans(
    binaries: Iterable[Entry], needed_by: Callable[[Path], Iterable[str]]
) -> list[Entry]:
    """Return ``binaries`` less the system's libraries that only pruned ones asked for.

    ``needed_by`` names the libraries that a file is linked to.
    """
    kept = list(binaries)
    needs = {source: set(needed_by(Path(source))) for _, source, _ in kept}
    while True:
        needed = set().union(*(needs[source] for _, source, _ in kept))
        rest = [e for e in kept if not _is_of_system(e[1]) or Path(e[0]).name in needed]
        if len(rest) == len(kept):
            return kept
        kept = rest


def _is_of_system(source: str) -> bool:
    return source.startswith(("/usr/lib", "/lib"))
