"""The outlines of countries and areas, projected once, and where the others have their points.

Outlines are Natural Earth's (``data/README.md``); a host may give a file of its own. They are drawn
by vl-convert in the Equal Earth projection, which keeps areas true, at the first map of a process.
Every later map only colours them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from rapporteur.analysis.charts import engine

DATA = Path(__file__).parent / "data"
OWN_FILE = DATA / "world-110m.json"
# Units of the drawing across: 0.64 px of a map that is 640 px wide.
ACROSS = 1000
# The whole earth in Equal Earth is so high.
DOWN = 487
_PAIR = re.compile(r"([MLZ])([^MLZ]*)")


@dataclass(frozen=True)
class World:
    """Paths by code in units of the drawing, points by code, and paths of areas without a code."""

    paths: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """One row of ``points.csv``: codes, and where a mark stands, in degrees."""

    iso3: str
    m49: str
    longitude: float
    latitude: float


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    """Return the 249 countries and areas, by code."""
    with (DATA / "points.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Area(row["iso3"], row["m49"], float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(rows)
        )


@lru_cache(maxsize=4)
def read_outlines(path: str) -> dict[str, Any]:
    """Return a file of outlines: TopoJSON (its first object) or a GeoJSON FeatureCollection.

    Each feature's ``id`` is a UN M49 or an ISO 3166-1 alpha-3 code. Raises ``ValueError`` that
    names the file where it is none of these, or knows none of the codes.
    """
    try:
        read = json.loads(Path(path).read_text("utf-8"))
        if read["type"] == "Topology":
            features = next(iter(read["objects"].values()))["geometries"]
        else:
            features = read["features"]
        codes = {_iso3(str(feature.get("id", ""))) for feature in features}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise ValueError(
            f"Not a file of outlines: {path}. Expected TopoJSON, or a GeoJSON FeatureCollection."
        ) from error
    if not codes - {""}:
        raise ValueError(f"No feature of {path} has a UN M49 or ISO 3166-1 alpha-3 code as its id.")
    return dict(read)


@lru_cache(maxsize=4)
def world(path: str = "") -> World:
    """Return the drawn outlines of the file (our own without one).

    An area without an outline in the file has its point.
    """
    outlines = read_outlines(path or str(OWN_FILE))
    drawn = etree.fromstring(engine.svg(_specification(outlines)).encode())
    paths: dict[str, str] = {}
    points: dict[str, tuple[int, int]] = {}
    others: list[str] = []
    for shape in drawn.iter("{http://www.w3.org/2000/svg}path"):
        kind, _separator, code = str(shape.get("aria-label", "")).partition(":")
        if kind == "outline":
            line = compact(str(shape.get("d") or ""))
            iso3 = _iso3(code)
            if iso3 and line:
                paths[iso3] = paths.get(iso3, "") + line
            elif line:
                others.append(line)
        elif kind == "point":
            found = re.findall(r"-?[\d.]+", str(shape.get("transform")))
            points[code] = (round(float(found[0])), round(float(found[1])))
    missing = {code: place for code, place in points.items() if code not in paths}
    return World(paths, missing, tuple(others))


def _iso3(code: str) -> str:
    """Return the alpha-3 code for either code, or nothing."""
    wanted = code.upper().zfill(3)
    return next((area.iso3 for area in areas() if wanted in (area.iso3, area.m49)), "")


def _specification(outlines: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Vega specification of outlines and points, each with its code as description."""
    form = (
        {"type": "topojson", "feature": next(iter(outlines["objects"]))}
        if outlines["type"] == "Topology"
        else {"type": "json", "property": "features"}
    )
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": ACROSS,
        "height": DOWN,
        "padding": 0,
        "autosize": "none",
        "projections": [
            {
                "name": "earth",
                "type": "equalEarth",
                "rotate": [-11, 0, 0],
                "fit": {"type": "Sphere"},
                "size": [ACROSS, DOWN],
            }
        ],
        "data": [
            {"name": "outlines", "values": dict(outlines), "format": form},
            {
                "name": "points",
                "values": [
                    {"code": area.iso3, "longitude": area.longitude, "latitude": area.latitude}
                    for area in areas()
                ],
                "transform": [
                    {
                        "type": "geopoint",
                        "projection": "earth",
                        "fields": ["longitude", "latitude"],
                    }
                ],
            },
        ],
        "marks": [
            {
                "type": "shape",
                "from": {"data": "outlines"},
                "encode": {
                    "update": {
                        "fill": {"value": "#000"},
                        "description": {"signal": "'outline:' + (datum.id || '')"},
                    }
                },
                "transform": [{"type": "geoshape", "projection": "earth"}],
            },
            {
                "type": "symbol",
                "from": {"data": "points"},
                "encode": {
                    "update": {
                        "fill": {"value": "#000"},
                        "x": {"field": "x"},
                        "y": {"field": "y"},
                        "description": {"signal": "'point:' + datum.code"},
                    }
                },
            },
        ],
    }


def compact(line: str) -> str:
    """Return a path of M, L and Z with whole numbers, each place relative to the one before.

    Steps that round to nothing go, and so do rings that shrink to less than a triangle.
    """
    written: list[str] = []
    for ring in line.split("Z"):
        places: list[tuple[int, int]] = []
        for _command, pair in _PAIR.findall(ring):
            x, y = (round(float(number)) for number in pair.split(","))
            if not places or places[-1] != (x, y):
                places.append((x, y))
        if places and places[0] == places[-1]:
            places.pop()
        if len(places) < 3:
            continue
        (x, y), steps = places[0], []
        for to_x, to_y in places[1:]:
            steps.append(f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
        written.append(f"M{places[0][0]} {places[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(written)
