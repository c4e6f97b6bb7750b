"""Products of dense matrices without the false alarms of the kernels that compute them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def product(left: Floats, right: Floats) -> Floats:
    """``left @ right`` as float32; both must be finite.

    BLAS kernels work on whole registers: on some processors what stands beside the data raises a warning of
    an invalid value although every number of the result is right.
    """
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        return np.asarray(left @ right, dtype=np.float32)
