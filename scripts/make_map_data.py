"""Write the outlines and points of the world map from the files of the package ``world-atlas``.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_map_data.py package [--check]

``package`` holds ``countries-110m.json``, ``countries-50m.json`` and ``countries-10m.json``
(TopoJSON, from Natural Earth). Written, under ``src/rapporteur/analysis/charts/data``:

- ``world-110m.json``: the outlines at 1:110 million, without names, with what ``README.md`` there
  says about areas that Natural Earth draws otherwise than the United Nations list them;
- ``points.csv``: one point for each of the 249 countries and areas, in degrees.

Run again, it writes the same bytes. ``--check`` writes nothing and ends with 1 when a file would
change.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "rapporteur"
DATA = PACKAGE / "analysis" / "charts" / "data"
COUNTRIES = PACKAGE / "directory" / "data" / "countries.csv"

Ring = list[int]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

# Drawn within another area by Natural Earth: (from, to, where the part lies).
MOVED_WHOLE: tuple[tuple[str, str, Box], ...] = (
    ("250", "254", (-55, 2, -51, 6)),  # French Guiana
    ("578", "744", (10, 76, 34, 81)),  # Svalbard
)
# Joined to its neighbour, so that no line parts them: (from, to, where the part lies).
JOINED: tuple[tuple[str, str, Box], ...] = (
    ("643", "804", (32, 44, 37, 47)),  # Crimea: A/RES/68/262
    ("N. Cyprus", "196", (32, 34, 35, 36)),
    ("Somaliland", "706", (42, 7, 49, 12)),
)
# Parts of the 1:10m file that have no outline of their own: code, whose, where.
WITHIN: dict[str, tuple[str, Box]] = {
    "BES": ("528", (-68.5, 12.0, -68.1, 12.4)),
    "BVT": ("578", (3.2, -54.6, 3.6, -54.3)),
    "CCK": ("Indian Ocean Ter.", (96.7, -12.4, 97.0, -11.7)),
    "CXR": ("Indian Ocean Ter.", (105.4, -10.7, 105.8, -10.3)),
    "GLP": ("250", (-61.9, 15.8, -61.0, 16.6)),
    "MTQ": ("250", (-61.3, 14.3, -60.8, 14.9)),
    "MYT": ("250", (44.9, -13.1, 45.4, -12.6)),
    "REU": ("250", (55.1, -21.5, 55.9, -20.8)),
    "TKL": ("554", (-172.7, -9.5, -171.0, -8.5)),
}


class Atlas:
    """One TopoJSON file: its areas by code (by name without one), as polygons of rings."""

    def __init__(self, path: Path) -> None:
        self.topology: dict[str, Any] = json.loads(path.read_text("utf-8"))
        scale, move = (self.topology["transform"][name] for name in ("scale", "translate"))
        self.arcs: list[list[Point]] = []
        for arc in self.topology["arcs"]:
            x = y = 0
            points = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
            self.arcs.append(points)
        self.areas: dict[str, list[list[Ring]]] = {}
        for geometry in self.topology["objects"]["countries"]["geometries"]:
            key = geometry.get("id") or geometry["properties"]["name"]
            polygons = geometry.get("arcs", [])
            polygons = [polygons] if geometry["type"] == "Polygon" else polygons
            self.areas.setdefault(key, []).extend(polygons)

    def line(self, ring: Ring) -> list[Point]:
        """Return the ring's points in degrees; it ends where it starts."""
        points: list[Point] = []
        for index in ring:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    def parts(self, area: str, box: Box) -> list[list[Ring]]:
        """Return the area's polygons that lie within the box."""
        west, south, east, north = box
        return [
            polygon
            for polygon in self.areas[area]
            if all(west <= x <= east and south <= y <= north for x, y in self.line(polygon[0]))
        ]

    def middle(self, polygons: list[list[Ring]]) -> Point:
        """Return the centroid of the largest polygon, in degrees, to two places."""
        (x, y), _size = max(
            (centroid(unwrapped(self.line(polygon[0]))) for polygon in polygons),
            key=lambda found: found[1],
        )
        return round((x + 180) % 360 - 180, 2), round(y, 2)


def unwrapped(line: list[Point]) -> list[Point]:
    """Return the line without its jump over the 180th meridian, if it only crosses there."""
    points = line[:1]
    for x, y in line[1:]:
        points.append((x + 360 * round((points[-1][0] - x) / 360), y))
    return points if points[0] == points[-1] else line


def centroid(line: list[Point]) -> tuple[Point, float]:
    """Return the centroid of a closed line and its area in square degrees."""
    doubled = x = y = 0.0
    x0, y0 = line[0]
    for (ax, ay), (bx, by) in pairwise(line):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        doubled += cross
        x += (ax + bx - 2 * x0) * cross
        y += (ay + by - 2 * y0) * cross
    if not doubled:
        return line[0], 0.0
    return (x0 + x / (3 * doubled), y0 + y / (3 * doubled)), abs(doubled) / 2


def joined(ring: Ring, part: Ring) -> Ring:
    """Return one ring around two neighbours that share exactly one arc."""
    (shared,) = [index for index in ring if ~index in part]
    at = part.index(~shared)
    rest = part[at + 1 :] + part[:at]
    place = ring.index(shared)
    return [*ring[:place], *rest, *ring[place + 1 :]]


def mend(atlas: Atlas) -> None:
    """Give parts to the areas to which the list of countries and areas counts them."""
    for giver, taker, box in MOVED_WHOLE:
        parts = atlas.parts(giver, box)
        atlas.areas[giver] = [part for part in atlas.areas[giver] if part not in parts]
        atlas.areas.setdefault(taker, []).extend(parts)
    for giver, taker, box in JOINED:
        (part,) = atlas.parts(giver, box)
        atlas.areas[giver].remove(part)
        for polygon in atlas.areas[taker]:
            if any(~index in part[0] for index in polygon[0]):
                polygon[0] = joined(polygon[0], part[0])


def outlines(atlas: Atlas) -> str:
    """Return the TopoJSON with codes alone; an area without a code has no ``id``."""
    kept = {key: polygons for key, polygons in atlas.areas.items() if polygons}
    geometries = [
        {"type": "MultiPolygon", **({"id": key} if key.isdigit() else {}), "arcs": polygons}
        for key, polygons in sorted(kept.items())
    ]
    topology = {
        "type": "Topology",
        "transform": atlas.topology["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": atlas.topology["arcs"],
    }
    return json.dumps(topology, separators=(",", ":")) + "\n"


def points(atlases: dict[str, Atlas]) -> str:
    """Return ``points.csv``: where each area's mark stands, and from which scale it is."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["iso3", "m49", "longitude", "latitude", "source"])
    for country in csv.DictReader(COUNTRIES.read_text("utf-8").splitlines()):
        iso3, m49 = country["iso3"], country["m49"]
        if iso3 in WITHIN:
            scale = "10m"
            polygons = atlases[scale].parts(*WITHIN[iso3])
        else:
            scale = next(name for name, atlas in atlases.items() if m49 in atlas.areas)
            polygons = atlases[scale].areas[m49]
        longitude, latitude = atlases[scale].middle(polygons)
        rows.writerow([iso3, m49, longitude, latitude, f"Natural Earth 1:{scale}"])
    return text.getvalue()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("source", type=Path)
    arguments.add_argument("--check", action="store_true")
    asked = arguments.parse_args()
    atlases = {
        scale: Atlas(asked.source / f"countries-{scale}.json") for scale in ("110m", "50m", "10m")
    }
    mend(atlases["110m"])
    files = {"world-110m.json": outlines(atlases["110m"]), "points.csv": points(atlases)}
    changed = [
        name
        for name, text in files.items()
        if not (DATA / name).is_file() or (DATA / name).read_text("utf-8") != text
    ]
    for name in changed:
        print(f"{'would change' if asked.check else 'written'}: {name}")
        if not asked.check:
            (DATA / name).write_text(files[name], encoding="utf-8")
    return 1 if changed and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
