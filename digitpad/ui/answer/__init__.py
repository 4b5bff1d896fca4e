"""What the network answers: the digit, the bars, and the pixels that it saw."""
