"""Ink, normalisation and recognition: everything that knows no Qt."""
