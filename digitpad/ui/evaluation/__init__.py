"""How good a model is, to look at: one evaluation, or two side by side."""
