"""What sets of drawings are called for people; files and the command line keep their names."""

from pathlib import Path

from digitpad.core.models.card import AS_PICTURES, VALIDATION

_NAMES = {
    "t10k": "MNIST test",
    "train": "MNIST",
    "pendigits-test": "Pen digits test",
    "pendigits-train": "Pen digits",
    "unipen-digits": "UNIPEN digits",
    "unipen-other": "UNIPEN letters and signs",
    "unipen-other, letters": "UNIPEN letters",
    "omniglot": "Omniglot alphabets",
    "drawings": "My drawings",
    "drawings, pictures": "My pictures",
    "scribbles": "Scribbles",
    "curves": "Random curves",
    "doodles": "Doodles",
    "dashes and dots": "Dashes and dots",
    "digits side by side": "Digits side by side",
    "beginnings": "Beginnings of digits",
    "noise": "Noise",
    "blank": "Blank canvas",
    "dots": "Dots",
    "short dashes": "Short dashes",
}
_SOURCES = {"mnist": "MNIST", "ink": "Pen drawings", "drawings.sqlite": "My drawings"}


def set_name(name: str) -> str:
    """Return what the set ``name`` of a model's figures is called; an unknown one keeps its name.

    Those that something was chosen on are said to be of validation.
    """
    bare = name.removeprefix(VALIDATION)
    stem = bare.removesuffix(AS_PICTURES)
    said = _NAMES.get(stem, stem) + (" as pictures" if stem != bare else "")
    return f"{said}, validation" if bare != name else said


def source_name(path: str) -> str:
    """Return what the data at ``path``, which a run learnt from, are called."""
    name = Path(path).name
    return _SOURCES.get(name, name)


def file_set_name(name: str, file: str) -> str:
    """Return what the set ``name``, read from ``file``, is called.

    A table or a folder of pictures may bear the name of a published set and be another: it is
    called as its file is.
    """
    at = Path(file)
    is_own = at.name == name or at.name.lower().endswith((".csv", ".csv.gz"))
    return at.name if is_own else set_name(name)
