"""Evaluating a network: the sets that it is asked, and the figures that its answers give."""
