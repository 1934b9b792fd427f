"""A square code as the path of a drawing, so that a page shows it without a picture file or a script."""

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # empty modules around it, as cameras want


@dataclass(frozen=True, slots=True)
class Square:
    """``size`` is the width of the drawing in modules, ``path`` its dark parts."""

    size: int
    path: str


def square(words: str) -> Square:
    """The code for ``words``; it survives a crease (15 % may be lost)."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(words)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
    return Square(size=len(rows), path="".join(dark))
