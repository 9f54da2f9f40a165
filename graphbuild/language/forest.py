"""Runs a trained random forest, such as the one that tells how likely a fact is right (`relations/scoring.py`)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from graphbuild.language.encoder import open_session


class Forest:
    """A regression forest in an ONNX file with one input, `rows`; it runs on one thread, so that sums come out alike."""

    def __init__(self, path: Path) -> None:
        self._session = open_session(path, threads=1)

    def __call__(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the mean of the trees for each row; all rows have the columns that the forest was grown on."""
        (means,) = self._session.run(None, {"rows": np.array(rows, dtype=np.float32)})
        out: list[float] = means[:, 0].tolist()
        return out
