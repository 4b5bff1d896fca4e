"""File formats of ink, read and written."""
