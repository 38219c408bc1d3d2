"""Themes as parts of a matrix: non-negative matrix factorization, and how many parts there are."""

from __future__ import annotations

import contextlib
import math
import warnings
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF, non_negative_factorization
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

Matrix = npt.NDArray[np.float64]

_SEED = 2003
# Parts are found in so many passages at most; all passages are then measured by them.
_SAMPLE = 20_000
_MOST_STEPS, _ENOUGH = 200, 1e-3
_STEPS_OF_WEIGHTS = 50
# At most so many themes of one language, whatever their number of passages: what people can survey.
_MOST = 30
# A singular value so many times the next one parts what is said from what is chance; few passages
# may fall into so many themes where they do so clearly, each with three.
_GAP, _CLEAR = 1.35, 8
_DECIMALS = 6


def parts_of(matrix: csr_matrix) -> Matrix:
    """Return the parts of a matrix of passages by features, one a row, each of length 1.

    Empty where there is nothing to part.
    """
    told = matrix[np.diff(matrix.indptr) > 0]
    if told.shape[0] > _SAMPLE:
        chosen = np.random.default_rng(_SEED).choice(told.shape[0], _SAMPLE, replace=False)
        told = told[np.sort(chosen)]
    count = how_many(told)
    if count < 1:
        return np.zeros((0, matrix.shape[1]))
    model = NMF(
        count,
        init="nndsvda" if count <= min(told.shape) else "random",
        random_state=_SEED,
        max_iter=_MOST_STEPS,
        tol=_ENOUGH,
    )
    with _steady():
        model.fit(told)
    lengths = np.linalg.norm(model.components_, axis=1)
    parts: Matrix = model.components_[lengths > 0] / lengths[lengths > 0, None]
    return parts


def how_many(matrix: csr_matrix) -> int:
    """Return into how many themes passages fall.

    Where the singular values of the matrix drop sharply after some number of two or more, it is
    that number: so many directions stand out. Where they fade slowly, as those of most
    consultations do, it is a number that grows with the logarithm of the passages: 2 for 4 to 13,
    8 for 120, 14 for 1,000, 21 for 10,000, never above 30.
    """
    passages, features = int(matrix.shape[0]), int(matrix.shape[1])
    if passages < 2 or features < 2:
        return min(passages, features)
    usual = min(passages, features, _usual(passages))
    looked_at = min(passages, features, max(usual, min(_CLEAR, passages // 3)) + 1)
    with _steady():
        values = randomized_svd(matrix, looked_at, random_state=_SEED)[1]
    ratios = values[1:-1] / np.maximum(values[2:], 1e-9)
    if len(ratios) and ratios.max() >= _GAP:
        return int(np.argmax(ratios >= _GAP)) + 2
    return usual


def _usual(passages: int) -> int:
    return min(_MOST, max(2 if passages > 3 else 1, round(6.6 * math.log10(passages) - 5.6)))


def weights_in(matrix: csr_matrix, parts: Matrix) -> Matrix:
    """Return how much of each part each passage has: 0 none, 1 nothing else."""
    if not len(parts) or not matrix.shape[0]:
        return np.zeros((matrix.shape[0], len(parts)))
    with _steady():
        weights, _, _ = non_negative_factorization(
            matrix,
            H=parts,
            n_components=len(parts),
            update_H=False,
            max_iter=_STEPS_OF_WEIGHTS,
            tol=_ENOUGH,
        )
    rounded: Matrix = np.round(weights, _DECIMALS)
    return rounded


@contextlib.contextmanager
def _steady() -> Iterator[None]:
    """Hold linear algebra to one thread, and keep it from warning that decimals may still change.

    How sums are split over threads changes their last bits, and with them, rarely, a theme: the
    same answers must give the same themes on every machine. The matrices are small; on a machine
    where others work, several threads mostly wait for one another.
    """
    with (
        threadpool_limits(limits=1, user_api="blas"),
        warnings.catch_warnings(),
        np.errstate(invalid="ignore"),
    ):
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield
