"""Pictures for tests: small, real files in the kinds that are taken."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(
    width: int = 64, height: int = 48, mode: str = "RGB", colour: Any = "teal"
) -> Image.Image:
    return Image.new(mode, (width, height), colour)


def picture_file(kind: str = "JPEG", *, image: Image.Image | None = None, **options: Any) -> bytes:
    """Return a file of a picture; ``options`` are those of Pillow's ``save``."""
    held = io.BytesIO()
    (image or picture()).save(held, kind, **options)
    return held.getvalue()
