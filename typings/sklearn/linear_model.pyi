from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

class LogisticRegression:
    coef_: NDArray[np.float64]
    intercept_: NDArray[np.float64]
    classes_: NDArray[np.str_]
    def __init__(self, **settings: float | str) -> None: ...
    def fit(self, rows: object, labels: Sequence[str], /) -> LogisticRegression: ...
    def decision_function(self, rows: object, /) -> NDArray[np.float64]: ...
