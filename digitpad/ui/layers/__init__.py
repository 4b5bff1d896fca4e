"""The Layers window: what each layer of the network answers to the drawing, while it is drawn."""
