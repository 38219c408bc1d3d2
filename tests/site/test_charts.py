"""Charts on a page: figure, table, words, the picture's answer, and what is kept."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from rapporteur.analysis.charts import (
    Bar,
    Bars,
    Parts,
    Series,
    SmallMultiples,
    Spec,
    StackedBars,
    Timeline,
    WorldMap,
)
from rapporteur.analysis.charts.ink import DARK, LIGHT, RAMP
from rapporteur.site import charts
from rapporteur.site.chart_words import borders_note, describe
from rapporteur.site.charts import NOT_SHOWN, SHOWN, Figure, drawn, figure, svg_response

TIMELINE = Timeline(
    title="Activities by year", series=(Series("Activities", {2003: 3, 2019: 1204, 2024: 7}),)
)
MAP = WorldMap(
    title="Activities by country",
    values={"KEN": 12, "PER": 3},
    labels={"KEN": "Kenya", "PER": "Peru"},
)
BARS = Bars(
    title="Activities by action line",
    rows=(Bar("C2", 9, link="/c2"), Bar("C3", 4, link="javascript:alert(1)")),
    item="Action line",
    measure="Activities",
)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def page(shown: Figure) -> str:
    template = engines["django"].from_string("{% load charts %}{% chart figure %}")
    return template.render({"figure": shown})


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (
            TIMELINE,
            "Activities by year, 2003 to 2024: highest 1,204 in 2019, lowest 3 in 2003.",
        ),
        (
            replace(TIMELINE, series=(Series("a", {2020: 5}),)),
            "Activities by year, 2020: 5.",
        ),
        (
            replace(TIMELINE, series=(Series("a", {2020: 5, 2021: 5}),)),
            "Activities by year, 2020 to 2021: 5 in each year.",
        ),
        (
            replace(TIMELINE, series=(Series("a", {2020: 5}), Series("b", {2020: 6, 2021: None}))),
            "Activities by year, 2020 to 2020, for 2 groups: in 2020 the highest is b with 6.",
        ),
        (replace(TIMELINE, series=()), "Activities by year: no data."),
        (SmallMultiples(title="t", series=(Series("a", {2020: None}),)), "t: no data."),
        (BARS, "Activities by action line: highest 9 for C2, lowest 4 for C3."),
        (replace(BARS, rows=BARS.rows[:1]), "Activities by action line: 9 for C2."),
        (
            replace(BARS, rows=(Bar("a", 2), Bar("b", 2))),
            "Activities by action line: 2 for each of 2.",
        ),
        (
            StackedBars(
                title="t", parts=("x", "y"), rows=(Parts("a", (1, 2)), Parts("b", (1, None)))
            ),
            "t: highest 3 for a, lowest 1 for b.",
        ),
        (
            MAP,
            "Activities by country: 2 countries and areas with data; highest 12 in Kenya.",
        ),
        (
            replace(MAP, values={"KEN": 1}),
            "Activities by country: 1 country or area with data; highest 1 in Kenya.",
        ),
        (replace(MAP, values={"KEN": None}), "Activities by country: no data."),
    ],
)
def test_describe(spec, sentence):
    assert describe(spec) == sentence


def test_describe_knows_every_kind():
    with pytest.raises(TypeError, match="Spec"):
        describe(Spec(title="t"))


def test_figure_stands_with_sentence_table_and_source():
    html = page(
        figure(
            BARS,
            source="The register",
            source_link="/register",
            as_of=date(2026, 3, 1),
            table=SHOWN,
        )
    )

    assert '<figcaption class="chart-title">Activities by action line</figcaption>' in html
    assert "highest 9 for C2, lowest 4 for C3." in html
    assert html.count("<svg") == 2
    assert html.count('class="chart-wide"') == html.count('class="chart-narrow"') == 1
    words = re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    assert (
        '<thead> <tr> <th scope="col">Action line</th>'
        '<th scope="col" class="number">Activities</th> </tr> </thead>'
    ) in words
    assert (
        '<th scope="row"><a href="/c2">C2</a></th> <td class="number">9</td> </tr>'
        ' <tr> <th scope="row">C3</th> <td class="number">4</td>'
    ) in words
    assert (
        'Source: <a href="/register">The register</a>,'
        ' as of <time datetime="2026-03-01">1 March 2026</time>'
    ) in words
    assert "style=" not in html
    assert "<style" not in html
    assert "javascript:" not in html
    assert " id=" not in html


def test_folded_table_and_none():
    folded = page(figure(TIMELINE))

    assert '<details class="chart-table">' in folded
    assert "Source:" not in folded
    assert "<table>" not in page(figure(TIMELINE, table=NOT_SHOWN))


def test_map_has_its_legend_in_the_page_and_its_sentence_on_borders():
    html = page(figure(MAP))

    assert html.count("<svg") == 1
    assert '<li><span class="chart-key f-none"></span>No data</li>' in html
    assert borders_note() in html
    assert "as the caller says" in page(figure(MAP, note="as the caller says"))


def test_picture_is_loaded_from_its_address_and_not_drawn_by_the_page(monkeypatch):
    monkeypatch.setattr("rapporteur.analysis.charts.engine.svg", None)

    html = page(figure(MAP, address="/register/map.svg?q=a&year=2024"))

    assert "<svg" not in html
    assert 'srcset="/register/map.svg?q=a&amp;year=2024&amp;width=narrow"' in html
    assert 'src="/register/map.svg?q=a&amp;year=2024"' in html
    assert 'loading="lazy"' in html
    assert (
        'alt="Activities by country: 2 countries and areas with data; highest 12 in Kenya."' in html
    )
    chart = MAP.plan().tabled()
    assert f'width="640"\n           height="{chart.height + chart.legend_height}"' in html
    # The legend is in the picture.
    assert "chart-key" not in html


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("/a?b", True),
        ("?year=2", True),
        ("https://x.example/", True),
        ("", False),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("http://[", False),
    ],
)
def test_is_link(address, is_one):
    assert charts.is_link(address) is is_one


def test_hostile_texts_are_text():
    hostile = "<script>alert(1)</script>"
    html = page(
        figure(
            replace(BARS, title=hostile, item=hostile, rows=(Bar(hostile, 1, hostile),)),
            source=hostile,
            source_link="javascript:alert(1)",
            note=hostile,
        )
    )

    assert "<script" not in html
    assert "javascript:" not in html


def test_a_chart_is_drawn_once(monkeypatch):
    drawings = []
    original = Timeline.draw
    monkeypatch.setattr(Timeline, "draw", lambda spec: drawings.append(spec) or original(spec))

    first, again = drawn(TIMELINE), drawn(replace(TIMELINE))
    with translation.override("fr"):
        french = drawn(TIMELINE)

    assert first == again
    assert len(drawings) == 2
    assert french.language == "fr"
    assert french.table.columns[0] != ""


def test_map_takes_the_hosts_outlines(settings, tmp_path):
    settings.MAP_OUTLINES = str(tmp_path / "none.json")

    with pytest.raises(ValueError, match=r"none\.json"):
        drawn(MAP)


def test_svg_response():
    request = RequestFactory().get("/x.svg")

    response = svg_response(TIMELINE, request)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.content.startswith(b"<svg ")
    assert b"<title>Activities by year</title><desc>Activities by year, 2003 to" in response.content
    again = svg_response(
        TIMELINE,
        RequestFactory().get("/x.svg", headers={"if-none-match": response.headers["ETag"]}),
    )
    assert again.status_code == 304
    assert again.content == b""
    other = svg_response(replace(TIMELINE, title="Other"), request)
    assert other.headers["ETag"] != response.headers["ETag"]


def test_svg_response_knows_the_picture_without_drawing(monkeypatch):
    etag = svg_response(TIMELINE, RequestFactory().get("/")).headers["ETag"]
    cache.clear()
    monkeypatch.setattr("rapporteur.analysis.charts.engine.svg", None)

    response = svg_response(TIMELINE, RequestFactory().get("/", headers={"if-none-match": etag}))

    assert response.status_code == 304


def test_svg_response_for_a_phone():
    response = svg_response(TIMELINE, RequestFactory().get("/x.svg?width=narrow"))

    assert b'width="340"' in response.content
    assert (
        response.headers["ETag"]
        != svg_response(TIMELINE, RequestFactory().get("/")).headers["ETag"]
    )


def test_picture_lets_its_own_style_through_and_nothing_else(settings):
    from csp.middleware import CSPMiddleware

    middleware = CSPMiddleware(lambda request: svg_response(MAP, request))
    policy = middleware(RequestFactory().get("/")).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='(;|$)", policy)
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_stylesheet_repeats_the_shades():
    path = finders.find("site/rapporteur.css")
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        stylesheet = file.read()

    for colours in (LIGHT, DARK):
        line = " ".join(f"--{shade}: {colours[shade]};" for shade in RAMP)
        assert f"--no-data: {colours['none']}; {line}" in stylesheet
    for name in LIGHT:
        assert f".f-{name} {{ --c: " in stylesheet or f".s-{name} {{ stroke: " in stylesheet
