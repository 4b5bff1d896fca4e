"""Training and evaluation of the networks; no Qt."""
