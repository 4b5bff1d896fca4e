"""Draw a digit, watch it being recognised."""

__version__ = "0.1.0"
