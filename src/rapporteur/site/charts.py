"""Charts on a page: drawn once and kept, in a figure with its sentence, table and source line.

A page that shows many states (a search) gives the figure an address: the chart is then a picture of
its own, loaded when it is scrolled to, and the page draws nothing. Other pages, and reports, carry
the drawing itself.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from csp.constants import NONE
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from rapporteur.analysis.charts import NARROW, Chart, Spec, WorldMap
from rapporteur.analysis.charts.ink import STYLE
from rapporteur.site.chart_words import borders_note, describe, words

DRAWINGS_KEPT = 24 * 3600
PICTURE_FRESH = 300
FOLDED, SHOWN, NOT_SHOWN = "folded", "shown", ""
"""How a figure shows its table: to be opened, in full, or not at all (the page has one already)."""

_STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PICTURE_POLICY = {
    "default-src": [NONE],
    "style-src": [f"'sha256-{_STYLE_DIGEST}'"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}

AnySpec = TypeVar("AnySpec", bound=Spec)


@dataclass(frozen=True)
class Figure:
    """A chart as a template shows it (``{% chart figure %}``).

    With ``address`` the drawing is a picture from there; else ``chart`` (and ``narrow``, for a
    phone) stand in the page. ``note`` is a sentence that belongs under it.
    """

    chart: Chart
    narrow: Chart | None
    source: str = ""
    source_link: str = ""
    as_of: date | None = None
    note: str = ""
    table: str = FOLDED
    address: str = ""

    @property
    def narrow_address(self) -> str:
        return with_parameter(self.address, width="narrow")


def prepared(spec: AnySpec) -> AnySpec:
    """Return the spec in the reader's language: its words, and its sentence where it has none."""
    spec = replace(spec, language=get_language() or "en", words=words())
    if not spec.description:
        spec = replace(spec, description=describe(spec))
    if isinstance(spec, WorldMap) and not spec.outlines:
        spec = replace(spec, outlines=settings.MAP_OUTLINES)
    return spec


def drawn(spec: Spec) -> Chart:
    """Return the chart of the spec in the reader's language, from the cache when it is there.

    Raises ``ValueError`` that names what cannot be drawn.
    """
    return _drawn(prepared(spec))


def _drawn(spec: Spec) -> Chart:
    """Return the chart of a prepared spec."""
    key = f"chart:{digest_of(spec)}"
    chart = cache.get(key)
    if chart is None:
        chart = spec.draw()
        cache.set(key, chart, DRAWINGS_KEPT)
    return chart


def digest_of(spec: Spec) -> str:
    """Return a digest of everything that decides how the prepared spec is drawn."""
    if isinstance(spec, WorldMap) and spec.outlines and Path(spec.outlines).is_file():
        return f"{spec.digest()}-{Path(spec.outlines).stat().st_mtime_ns}"
    return spec.digest()


def figure(
    spec: Spec,
    *,
    source: str = "",
    source_link: str = "",
    as_of: date | None = None,
    note: str = "",
    table: str = FOLDED,
    address: str = "",
) -> Figure:
    """Return the figure of a chart.

    ``address`` is that of a view which answers with ``svg_response`` of an equal spec. A map gets
    the sentence about its borders when ``note`` is empty.
    """
    spec = prepared(spec)
    on_map = isinstance(spec, WorldMap)
    for_phone = replace(spec, width=NARROW)
    narrow: Chart | None
    if address:
        plan = spec.plan()
        chart = plan.blank if table == NOT_SHOWN else plan.tabled()
        narrow = plan.blank_at(NARROW) if plan.blank_at else for_phone.plan().blank
    else:
        # Outlines weigh too much to stand in a page twice; they have no letters to be read.
        chart = _drawn(spec)
        narrow = None if on_map else _drawn(for_phone)
    return Figure(
        chart=chart,
        narrow=narrow,
        source=source,
        source_link=source_link if is_link(source_link) else "",
        as_of=as_of,
        note=note or (borders_note() if on_map else ""),
        table=table,
        address=address if is_link(address) else "",
    )


def is_link(address: str) -> bool:
    """Return whether an address may stand in a link: on this site, or on the web."""
    try:
        return bool(address) and urlsplit(address).scheme in ("", "http", "https")
    except ValueError:
        return False


def with_parameter(address: str, **parameters: str) -> str:
    """Return the address with further parameters in its query."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(parameters)}"


def svg_response(spec: Spec, request: HttpRequest) -> HttpResponse:
    """Answer with the chart as a picture; ``?width=narrow`` asks for the one for a phone.

    Has an ETag of the figures, not of the drawing: who has the picture already is answered without
    drawing it. Its own policy lets its one style through and nothing else.
    """
    spec = prepared(spec)
    if request.GET.get("width") == "narrow":
        spec = replace(spec, width=NARROW)
    etag = f'"{digest_of(spec)[:40]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_drawn(spec).file, content_type="image/svg+xml")
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=PICTURE_FRESH)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    response._csp_config = PICTURE_POLICY  # type: ignore[attr-defined]  # django-csp reads it
    return response
