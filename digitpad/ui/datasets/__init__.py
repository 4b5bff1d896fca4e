"""Data sets: which ones are chosen, and what is in them."""
