"""Writes the handwritten digits of scikit-learn as PNG files: data/raw/<class>/<number>.png.

The bytes are the same on every machine: the files are written without compression.
"""

import struct
import sys
import zlib
from pathlib import Path

from sklearn.datasets import load_digits


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def stored(data: bytes) -> bytes:
    """A zlib stream of one block that is not compressed."""
    block = struct.pack("<BHH", 1, len(data), 0xFFFF - len(data)) + data
    return b"\x78\x01" + block + struct.pack(">I", zlib.adler32(data))


def png(rows: list[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    pixels = b"".join(b"\0" + row for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored(pixels)) + chunk(b"IEND", b"")


def main(folder: Path) -> None:
    digits = load_digits()
    for number, (image, label) in enumerate(zip(digits.images, digits.target)):
        target = folder / str(label) / f"{number:04d}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png([bytes(round(value * 255 / 16) for value in row) for row in image]))
    print(f"{len(digits.target)} images in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw"))
