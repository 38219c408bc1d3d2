"""Read an uploaded photograph safely, and make of it the two pictures that are kept.

What comes in is never kept: it is decoded under limits and encoded anew, so that nothing hidden in
it (a place, a script behind the picture) goes out again. Needs no database.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from rapporteur.common.refusals import Refusal

# By content: what the first bytes of each kind are.
STARTS = {
    "JPEG": (b"\xff\xd8\xff",),
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "WEBP": (b"RIFF",),
}
MOST_PIXELS = 40_000_000
# No side is longer than the first; a side of a picture that shows something is not shorter.
LONGEST_SIDE, SHORTEST_SIDE = 20_000, 16
KEPT_SIDE, SMALL_SIDE = 1600, 480
KEPT_QUALITY, SMALL_QUALITY = 82, 72
MOST_SMALL_BYTES = 40_000
_SWITCH = threading.Lock()


class NotAPicture(Refusal):
    """The file is no photograph that is taken."""

    status = 422


@dataclass(frozen=True)
class Picture:
    """A photograph made anew: JPEG, at most 1600 pixels a side; ``small`` at most 480.

    ``digest`` is the SHA-256 (hexadecimal) of the file that came in.
    """

    data: bytes
    small: bytes
    width: int
    height: int
    digest: str


def read_picture(data: bytes) -> Picture:
    """Return the pictures to keep of a file.

    Raises:
        NotAPicture: it is none of JPEG, PNG and WebP, broken, or too large; the text says which.
    """
    kind = kind_of(data)
    if kind is None:
        raise NotAPicture(
            _("This is no photograph that can be read here. Choose a JPEG, PNG or WebP file.")
        )
    try:
        with warnings.catch_warnings(), whole_files_only():
            # A picture just under Pillow's own limit is warned of; ours is lower.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                check_measures(*image.size)
                return make_picture(image, data)
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise broken() from error
    except (ArithmeticError, LookupError, TypeError, AttributeError) as error:
        # What decoders raise on files made to upset them.
        raise broken() from error


@contextlib.contextmanager
def whole_files_only() -> Iterator[None]:
    """Have Pillow refuse what is cut or damaged meanwhile, whoever else let it pass.

    The switch is one for the process, and the writer of PDF turns it when it is loaded.
    """
    with _SWITCH:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def kind_of(data: bytes) -> str | None:
    """Return what a file is by its first bytes, ``None`` for none of the kinds taken."""
    for kind, starts in STARTS.items():
        if data.startswith(starts) and (kind != "WEBP" or data[8:12] == b"WEBP"):
            return kind
    return None


def check_measures(width: int, height: int) -> None:
    """Refuse by what the file says of itself, before anything is decoded."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise too_many_pixels()
    if min(width, height) < SHORTEST_SIDE:
        raise NotAPicture(
            _("This picture is too small to show anything: at least %(side)s pixels on each side.")
            % {"side": SHORTEST_SIDE}
        )


def too_many_pixels() -> NotAPicture:
    return NotAPicture(
        _(
            "This picture has too many pixels: at most %(most)s million. Make it smaller and "
            "choose it again."
        )
        % {"most": MOST_PIXELS // 1_000_000}
    )


def broken() -> NotAPicture:
    return NotAPicture(
        _(
            "This file is broken and cannot be read to its end. Open it in a picture program, save "
            "it again as JPEG, and choose that."
        )
    )


def make_picture(image: Image.Image, data: bytes) -> Picture:
    if image.format == "JPEG":
        # Decoded at a fraction of its size where that is enough.
        image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    flat = on_white(upright)
    flat.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    kept = encoded(flat, KEPT_QUALITY)
    width, height = flat.size
    return Picture(kept, small_of(flat), width, height, hashlib.sha256(data).hexdigest())


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency and without anything but its pixels."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits of grey: scaled to eight, where a plain conversion would cut them off.
        scaled = image.convert("I").point(lambda value: value / 256)
        return scaled.convert("L").convert("RGB")
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def encoded(image: Image.Image, quality: int) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality, optimize=True, progressive=True)
    return held.getvalue()


def small_of(image: Image.Image) -> bytes:
    """Return the picture for lists, in at most 40 kB whatever it shows."""
    small = image.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    for quality in (SMALL_QUALITY, 60, 45, 30):
        data = encoded(small, quality)
        if len(data) <= MOST_SMALL_BYTES:
            return data
    small.thumbnail((SMALL_SIDE // 2, SMALL_SIDE // 2), Image.Resampling.LANCZOS)
    return encoded(small, 45)
