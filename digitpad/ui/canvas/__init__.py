"""The sheet to draw on: ink, strokes, pointers and what lies over them."""
