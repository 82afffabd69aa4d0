"""Streams of bytes that cannot unpack into more than is believable."""

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

MB = 1_000_000
BUFFER = 65_536
FREE_BYTES = 10 * MB
"""What may come out of a packed file however small it is."""
MAX_RATIO = 200
"""An Apple Health export packs to about a thirtieth; a bomb to a thousandth."""
DAMAGE = (zlib.error, lzma.LZMAError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError,
          OSError, struct.error)  # fmt: skip
"""What unpacking a damaged, encrypted or exotic file raises."""

Watch = Callable[[int, int], None]
"""Told how many bytes of a file were read so far, and how many it has."""


class Refused(ValueError):
    """Why a file is not taken over, as the rest of a sentence that begins with its name."""


class Unpacked(io.RawIOBase):
    """What comes out of a packed stream of `packed` bytes. Raises Refused for damage, and for more than `cap` bytes."""

    def __init__(self, inner: BinaryIO, cap: int, packed: int) -> None:
        super().__init__()
        self._inner = inner
        self._cap = cap
        self._believable = max(FREE_BYTES, packed * MAX_RATIO)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._inner.read(len(buffer))
        except Refused:
            raise
        except DAMAGE as error:
            raise Refused("is damaged or cut short: it cannot be unpacked") from error
        self._count += len(chunk)
        if self._count > self._believable:
            raise Refused(f"unpacks to more than {MAX_RATIO} times its size, as no file of runs does")
        if self._count > self._cap:
            raise Refused(f"unpacks to more than {self._cap // MB} MB")
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


class Watched(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, inner: BinaryIO, size: int, watch: Watch | None) -> None:
        super().__init__()
        self._inner, self._size, self._watch = inner, size, watch
        self._count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count: int = self._inner.readinto(buffer)  # type: ignore[attr-defined]
        self._count += count
        if self._watch:
            self._watch(min(self._count, self._size), self._size)
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()


def unpacked(inner: BinaryIO, cap: int, packed: int) -> io.BufferedReader:
    """`inner`, a stream that unpacks itself, within its bounds."""
    return io.BufferedReader(Unpacked(inner, cap, packed), BUFFER)


def gunzipped(stream: BinaryIO, cap: int, packed: int) -> io.BufferedReader:
    """What a gzipped stream of `packed` bytes holds, `cap` bytes at the most."""
    return unpacked(gzip.GzipFile(fileobj=stream), cap, packed)  # type: ignore[arg-type]


def read_whole(stream: BinaryIO, cap: int) -> bytes:
    """All of a stream. Raises Refused when that is more than `cap` bytes."""
    raw = stream.read(cap + 1)
    if len(raw) > cap:
        raise Refused(f"is bigger than {cap // MB} MB")
    return raw
