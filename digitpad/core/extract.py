"""The ink of a picture: paper, shadows and noise taken away."""

import cv2
import numpy as np

from digitpad.core.drawing import Image


def extract_ink(rgb: Image) -> Image:
    """Return a mask of shape (h, w), 0 where there is paper and up to 255 where there is ink."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.int16)
    paper = int(np.median(grey))
    distance = np.abs(grey - paper)
    distance[distance < 24] = 0
    return distance.astype(np.uint8)
