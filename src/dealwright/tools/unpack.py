"""Unpacks what a server sent, in pieces of bounded size, so that a bomb is noticed early."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from dealwright.errors import NotThere

GZIP, ZLIB, AUTOMATIC = 31, 15, 47
"""Window sizes by which zlib knows the formats; a negative one is a body without header."""
HEADER, CHECK = 2, 31
"""The first two bytes of the zlib format are a multiple of 31."""
PIECE = 65_536


class Unpacker:
    """Unpacks gzip or deflate; a body of several gzip members is one body."""

    def __init__(self, encoding: str) -> None:
        """Prepare for one body.

        Raises:
            NotThere: the encoding is none that was asked for.

        """
        match encoding.strip().lower():
            case "" | "identity":
                self._window = 0
            case "gzip" | "x-gzip":
                self._window = GZIP
            case "deflate":
                self._window = ZLIB
            case _:
                raise NotThere("the page is packed in a way that was not asked for")
        self._inflate = zlib.decompressobj(self._window or ZLIB)
        self._head = b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what the chunk unpacks to, at most `PIECE` bytes at a time.

        Raises:
            NotThere: it is not packed as its headers say.

        """
        if not self._window:
            yield chunk
            return
        try:
            yield from self._unpacked(chunk)
        except zlib.error as error:
            raise NotThere("the page is packed, and damaged") from error

    def _unpacked(self, chunk: bytes) -> Iterator[bytes]:
        if self._window == ZLIB:
            self._head += chunk
            if len(self._head) < HEADER:
                return
            chunk = self._head
            # Some servers say deflate and leave the header out.
            self._window = -ZLIB if int.from_bytes(chunk[:HEADER]) % CHECK else AUTOMATIC
            self._inflate = zlib.decompressobj(self._window)
        while chunk:
            if self._inflate.eof:
                self._inflate = zlib.decompressobj(self._window)
            piece = self._inflate.decompress(chunk, PIECE)
            chunk = self._inflate.unconsumed_tail or self._inflate.unused_data
            yield piece
