"""The map: every area on it, classes, legend, refusals, a host's own outlines."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import rapporteur
from rapporteur.analysis.charts import NARROW, Key, Row, Words, WorldMap
from rapporteur.analysis.charts.ink import LIGHT
from rapporteur.analysis.charts.outlines import DATA, areas, compact, world
from tests.analysis.charts.reading import (
    SVG,
    assert_fit_for_a_page,
    parsed,
    texts,
    titles,
    weight,
)

COUNTRIES = Path(rapporteur.__file__).parent / "directory" / "data" / "countries.csv"
SPEC = WorldMap(
    title="Activities by country",
    values={"KEN": 1204, "FRA": 14, "TUV": 3, "CAN": 0, "PER": None},
    labels={"KEN": "Kenya", "FRA": "France", "TUV": "Tuvalu", "CAN": "Canada", "PER": "Peru"},
    links={"KEN": "/kenya"},
    measure="Activities",
)


def shapes(svg: str) -> dict[str, tuple[str, str]]:
    """Return the shade's class and the kind of shape of each area that has a title."""
    return {
        (title.text or "").split(":")[0]: (
            title.getparent().getparent().get("class").split()[0],
            title.getparent().tag.removeprefix(SVG),
        )
        for title in parsed(svg).iter(f"{SVG}title")
        if title.getparent().tag != f"{SVG}svg"
    }


def test_every_country_and_area_has_an_outline_or_a_point():
    with COUNTRIES.open(encoding="utf-8") as rows:
        listed = {row["iso3"]: row["m49"] for row in csv.DictReader(rows)}
    drawn = world()

    assert len(listed) == 249
    assert {area.iso3: area.m49 for area in areas()} == listed
    assert set(drawn.paths) | set(drawn.points) == set(listed)
    assert set(drawn.paths) & set(drawn.points) == set()
    assert (len(drawn.paths), len(drawn.points), len(drawn.others)) == (176, 73, 1)


def test_every_area_is_coloured_on_the_map():
    chart = replace(SPEC, values={area.iso3: 1 for area in areas()}, labels={}).draw()

    found = shapes(chart.svg)
    assert set(found) == {area.iso3 for area in areas()}
    assert {shade for shade, _kind in found.values()} == {"f-ramp-4"}


def test_points_lie_where_the_areas_are():
    where = {area.iso3: (area.longitude, area.latitude) for area in areas()}

    assert where["TUV"] == (179.21, -8.5)
    assert where["FJI"] == (178.0, -17.83)
    assert where["GLP"] == (-61.67, 16.17)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in where.values())


def test_areas_are_counted_where_the_united_nations_lists_count_them():
    atlas = json.loads((DATA / "world-110m.json").read_text("utf-8"))
    areas_drawn = atlas["objects"]["countries"]["geometries"]

    assert sum("id" not in area for area in areas_drawn) == 1
    assert {"254", "744", "804", "196", "706"} <= {area.get("id") for area in areas_drawn}


def test_map_shades_by_class_and_tells_unknown_from_zero():
    chart = SPEC.draw()

    assert shapes(chart.svg) == {
        "Kenya": ("f-ramp-5", "path"),
        "France": ("f-ramp-2", "path"),
        "Tuvalu": ("f-ramp-1", "circle"),
        "Canada": ("f-paper", "path"),
    }
    assert chart.keys == (
        Key("none", "No data"),
        Key("paper", "0"),
        Key("ramp-1", "1–9"),
        Key("ramp-2", "10–99"),
        Key("ramp-4", "100–999"),
        Key("ramp-5", "1,000 or more"),
    )
    assert chart.table.columns == ("Country or area", "Activities")
    assert chart.table.rows == (
        Row("Kenya", ("1,204",), "/kenya"),
        Row("France", ("14",)),
        Row("Tuvalu", ("3",)),
        Row("Canada", ("0",)),
    )


def test_titles_are_in_the_page_and_the_legend_in_the_file():
    chart = SPEC.draw()

    assert sorted(titles(chart.svg)) == ["Canada: 0", "France: 14", "Kenya: 1,204", "Tuvalu: 3"]
    assert titles(chart.file) == []
    assert texts(chart.svg) == []
    assert texts(chart.file) == [key.label for key in chart.keys]


@pytest.mark.parametrize("width", [640, NARROW])
def test_map_is_small_and_fit_for_a_page(width):
    chart = replace(SPEC, width=width).draw()

    assert_fit_for_a_page(chart.svg)
    assert weight(chart.file) < 15_000
    assert weight(chart.svg) < 15_000
    assert chart.height == round(487 * width / 1000)


def test_same_map_gives_same_bytes():
    world.cache_clear()
    first = SPEC.draw().file
    world.cache_clear()

    assert SPEC.draw().file == first


def test_legend_of_an_arabic_map_runs_from_the_right():
    words = Words(no_data="لا توجد بيانات", or_more="{number} أو أكثر")
    chart = replace(SPEC, language="ar", words=words).draw()

    swatches = [float(rect.get("x")) for rect in parsed(chart.file).iter(f"{SVG}rect")]
    assert swatches[0] == 626.5
    assert swatches == sorted(swatches, reverse=True)
    assert texts(chart.file)[-1] == "1,000 أو أكثر"


def test_given_classes_are_used():
    chart = replace(SPEC, ends=(1, 100)).draw()

    assert [key.label for key in chart.keys] == ["No data", "0", "1–99", "100 or more"]
    # What lies under the first class is drawn in its shade: it is not 0.
    low = replace(SPEC, values={"KEN": 4, "FRA": 200}, ends=(10, 100)).draw()
    assert shapes(low.svg)["Kenya"][0] == "f-ramp-2"


def test_shares_have_classes_without_gaps():
    chart = replace(SPEC, values={"KEN": 12.5, "FRA": 80.0}, percent=True, ends=(0.5, 50)).draw()

    assert [key.label for key in chart.keys] == ["No data", "0.5%–50%", "50% or more"]


def test_no_value_at_all_is_a_map_without_data():
    chart = replace(SPEC, values={}).draw()

    assert [key.label for key in chart.keys] == ["No data"]
    assert chart.table.rows == ()
    assert {group.get("fill") for group in parsed(chart.svg).iter(f"{SVG}g")} - {None} == {
        LIGHT["none"]
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"values": {"XXX": 1, "KEN": 1}}, r"Not an ISO 3166-1 alpha-3 code of the list: XXX\."),
        ({"values": {"KEN": -1}}, "-1 at KEN"),
        ({"ends": (5, 3)}, "classes that rise"),
        ({"ends": (1, 2, 3, 4, 5, 6)}, "at most 5 classes"),
    ],
)
def test_map_refuses_by_name(changes, words):
    with pytest.raises(ValueError, match=words):
        replace(SPEC, **changes).plan()


def test_hostile_label_is_text():
    chart = replace(SPEC, labels={"KEN": "<script>alert(1)</script>"}).draw()

    assert "<script" not in chart.svg
    assert "<script>alert(1)</script>: 1,204" in titles(chart.svg)
    assert chart.table.rows[0].header == "<script>alert(1)</script>"


def test_a_host_may_bring_outlines(tmp_path):
    square = [[[0, 0], [0, 20], [20, 20], [20, 0], [0, 0]]]
    file = tmp_path / "own.json"
    file.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "id": code,
                        "properties": {},
                        "geometry": {"type": "Polygon", "coordinates": square},
                    }
                    for code in ("KEN", "250")
                ],
            }
        )
    )
    drawn = world(str(file))

    assert set(drawn.paths) == {"KEN", "FRA"}
    assert len(drawn.points) == 247
    assert shapes(replace(SPEC, outlines=str(file)).draw().svg)["Canada"] == ("f-paper", "circle")


@pytest.mark.parametrize("text", ["", "[]", '{"type": "FeatureCollection", "features": []}'])
def test_a_file_that_is_no_outlines_is_named(tmp_path, text):
    file = tmp_path / "broken.json"
    file.write_text(text)

    with pytest.raises(ValueError, match=r"broken\.json"):
        replace(SPEC, outlines=str(file)).draw()


def test_compact_drops_steps_and_rings_that_round_to_nothing():
    assert compact("M1.2,1.1L10.4,1L10.3,1.4L10,20.6L1,1Z") == "M1 1l9 0 0 20z"
    assert compact("M1,1L1.2,1.2L1,1Z") == ""
    assert compact("") == ""


def test_png_has_the_size_asked_for():
    assert SPEC.draw().png(scale=1)[16:24] == (640).to_bytes(4) + (
        312 + SPEC.draw().legend_height
    ).to_bytes(4)
