from collections.abc import Callable

class DKIMException(Exception): ...

def sign(
    message: bytes,
    selector: bytes,
    domain: bytes,
    privkey: bytes,
    *,
    canonicalize: tuple[bytes, bytes] = ...,
    include_headers: list[bytes] | None = ...,
) -> bytes: ...
def verify(message: bytes, *, dnsfunc: Callable[..., bytes | None] = ...) -> bool: ...
