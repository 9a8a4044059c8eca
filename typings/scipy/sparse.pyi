from collections.abc import Sequence

def csr_matrix(
    entries: tuple[Sequence[float], tuple[Sequence[int], Sequence[int]]],
    /,
    *,
    shape: tuple[int, int],
) -> object: ...
