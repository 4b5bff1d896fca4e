"""Formats of ink, read and written."""
