"""InkML (W3C Recommendation of 2011-09-20): writes our ink, reads anyone's."""

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digitpad.core.errors import InputError
from digitpad.core.formats.inkml_traces import (
    DEFAULT_CHANNELS,
    Channel,
    channels_of,
    parse_trace,
)
from digitpad.core.ink import DEFAULT_PEN_WIDTH, Ink, Points, Stroke, refuse_endless

SUFFIXES = (".inkml",)

_NAMESPACE = "http://www.w3.org/2003/InkML"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LABELS = ("truth", "label")
_RELATIVE_WIDTH = 0.1
"""Pen width, as a share of the drawing's longest side, where a file gives none."""


def write_inkml(ink: Ink, label: str | None = None) -> bytes:
    """Return ``ink`` as InkML with the channels X, Y and F (pressure), a brush per pen width."""
    root = Element("ink", {"xmlns": _NAMESPACE})
    definitions = SubElement(root, "definitions")
    context = SubElement(definitions, "context", {"xml:id": "canvas"})
    trace_format = SubElement(context, "traceFormat")
    for name, limits in (("X", {}), ("Y", {}), ("F", {"min": "0", "max": "1"})):
        SubElement(trace_format, "channel", {"name": name, "type": "decimal", **limits})
    brushes: dict[float, str] = {}
    for width in dict.fromkeys(stroke.width for stroke in ink.strokes):
        brushes[width] = f"pen{len(brushes) + 1}"
        brush = SubElement(definitions, "brush", {"xml:id": brushes[width]})
        SubElement(brush, "brushProperty", {"name": "width", "value": _number(width)})
    if label is not None:
        SubElement(root, "annotation", {"type": "truth"}).text = label
    for stroke in ink.strokes:
        references = {"contextRef": "#canvas", "brushRef": f"#{brushes[stroke.width]}"}
        rows = (" ".join(map(_number, row)) for row in stroke.points)
        SubElement(root, "trace", references).text = ", ".join(rows)
    indent(root)
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def read_inkml(data: bytes, source: str) -> Ink:
    """Return the ink of an InkML file, in the file's own units.

    Raises InputError that says what is wrong and where.
    """
    return read_labelled_inkml(data, source)[0]


def read_labelled_inkml(data: bytes, source: str) -> tuple[Ink, str | None]:
    """Return the ink of an InkML file and what it is said to be, if anything."""
    root = _parse(data, source)
    if _tag(root) != "ink":
        raise InputError(f"{source} is not an InkML file: it starts with <{_tag(root)}>.")
    try:
        document = _Document(root)
        refuse_endless(document.count_points(), source)
        return document.ink(), _label(root)
    except ValueError as exc:
        raise InputError(f"{source} has ink that cannot be read: {exc}.", repr(exc)) from exc


class _Document:
    """A file's traces with what they refer to, each of which is looked at once."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._first = cache(_first)
        self._channels_in = cache(channels_of)
        self._width_in = cache(_width)
        self._by_id = {f"#{e.get(_ID) or e.get('id')}": e for e in root.iter()}
        declared = _first(root, "traceFormat")
        self._channels = DEFAULT_CHANNELS if declared is None else channels_of(declared)

    def count_points(self) -> int:
        """Return how many points there are, before any is read."""
        return sum(1 + (trace.text or "").count(",") for trace, *_ in self._traces())

    def ink(self) -> Ink:
        traces: list[tuple[Points, float | None]] = []
        for number, (trace, context, brush) in enumerate(self._traces(), 1):
            if trace.get("type") == "penUp":
                continue
            try:
                points = parse_trace(trace.text or "", self._channels_of(context))
            except (ValueError, OverflowError) as exc:
                raise ValueError(f"in trace {number}, {exc}") from exc
            if points is not None:
                traces.append((points, self._width(brush, context)))
        fallback = _fitting_width([points for points, _ in traces])
        return Ink(tuple(Stroke(points, width or fallback) for points, width in traces))

    def _traces(self) -> Iterator[tuple[Element, str, str]]:
        """Yield each trace with the context and the brush that it or its groups refer to."""
        pending = [(self._root, "", "")]
        while pending:
            element, context, brush = pending.pop()
            context, brush = element.get("contextRef", context), element.get("brushRef", brush)
            if _tag(element) == "trace":
                yield element, context, brush
            elif _tag(element) in ("ink", "traceGroup"):
                pending += [(inner, context, brush) for inner in reversed(element)]

    def _channels_of(self, context: str) -> tuple[Channel, ...]:
        """Return the channels of a context; without any, those that come first."""
        element = self._by_id.get(context)
        if element is None:
            return self._channels
        own = self._first(element, "traceFormat")
        if own is None:
            own = self._by_id.get(element.get("traceFormatRef", ""))
        return self._channels if own is None else self._channels_in(own)

    def _width(self, brush: str, context: str) -> float | None:
        element = self._by_id.get(brush)
        if element is None and (of_context := self._by_id.get(context)) is not None:
            element = self._first(of_context, "brush")
            if element is None:
                element = self._by_id.get(of_context.get("brushRef", ""))
        return None if element is None else self._width_in(element)


def _parse(data: bytes, source: str) -> Element:
    try:
        root: Element = fromstring(data)
    except ParseError as exc:
        raise InputError(
            f"{source} is not InkML: line {exc.position[0]} is not valid XML.", repr(exc)
        ) from exc
    except DefusedXmlException as exc:
        raise InputError(
            f"{source} defines XML entities, which InkML does not need, so it is not opened.",
            repr(exc),
        ) from exc
    except (ValueError, LookupError) as exc:
        raise InputError(f"{source} is in an unknown text encoding.", repr(exc)) from exc
    return root


def _label(root: Element) -> str | None:
    """Return the first annotation that says what the ink is; our own are of type "truth"."""
    for element in root.iter():
        if _tag(element) == "annotation" and element.get("type", "").lower() in _LABELS:
            return (element.text or "").strip() or None
    return None


def _width(brush: Element) -> float | None:
    for item in brush.iter():
        if _tag(item) == "brushProperty" and item.get("name") == "width":
            width = float(item.get("value", "nan"))
            return width if 0 < width < float("inf") else None
    return None


def _fitting_width(strokes: list[Points]) -> float:
    if not strokes:
        return DEFAULT_PEN_WIDTH
    extent = float(np.ptp(np.concatenate(strokes)[:, :2], axis=0).max())
    return extent * _RELATIVE_WIDTH or DEFAULT_PEN_WIDTH


def _first(element: Element, tag: str) -> Element | None:
    return next((inner for inner in element.iter() if _tag(inner) == tag), None)


def _tag(element: Element) -> str:
    """Return the element's name without its namespace, which many files leave out."""
    return str(element.tag).rpartition("}")[2]


def _number(value: float) -> str:
    """Return the shortest decimal that reads back as ``value``; InkML knows no exponents."""
    return np.format_float_positional(value, trim="-")
