"""How good a model is: answers on labelled drawings, and the figures that follow."""
