"""Images of digits, spoilt: how many are still read as they are, and opened as pictures."""

from collections.abc import Iterator

import numpy as np

from digitpad.core.extract import extract_ink
from train.data import Pictures
from train.evaluation.corruptions import CORRUPTIONS
from train.evaluation.judge import Judge, Row, row
from train.strokes import image_of

_MOST = 500


def corrupted(judge: Judge, pictures: Pictures) -> Iterator[Row]:
    """Yield a row for each corruption, and one of their means.

    ``as_it_is`` is the accuracy on the spoilt 28x28 images as MNIST-C has them, ``as_a_picture``
    that of the app when it opens them: their ink found, normalised. Nothing is refused in either.
    """
    chosen = pictures.some(_MOST)
    rows = []
    for number, (name, corrupt) in enumerate(CORRUPTIONS.items()):
        rng = np.random.default_rng(number)
        greys = np.clip(corrupt(chosen.images / 255.0, rng), 0, 1)
        images = np.rint(greys * 255).astype(np.uint8)
        opened = np.stack([image_of(extract_ink(np.dstack([image] * 3))) for image in images])
        figures = {
            "as_it_is": judge.evaluation(images, chosen.labels).accuracy,
            "as_a_picture": judge.evaluation(opened, chosen.labels).accuracy,
        }
        rows.append(row(f"{pictures.name}, {name}", figures, len(images)))
        yield rows[-1]
    means = {key: float(np.mean([r.figures[key] for r in rows])) for key in rows[0].figures}
    yield row(f"{pictures.name}, mean of the {len(rows)} corruptions", means, len(chosen.images))
