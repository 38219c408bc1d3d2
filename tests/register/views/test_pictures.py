"""The map and the timeline as pictures: the figures of a question, kept by what they show."""

import pytest

from tests.factories.register import make_activity, make_draft, make_withdrawn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["map", "timeline"])
def test_a_picture_is_one_drawing_with_a_policy_of_its_own(client, indexed, name):
    make_activity()
    indexed()

    response = client.get(f"/activities/{name}.svg?q=wells")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg ")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert set(response.headers["Cache-Control"].split(", ")) == {"max-age=300", "public"}


def test_the_etag_is_that_of_the_figures(client, indexed):
    make_activity()
    indexed()
    first = client.get("/activities/timeline.svg").headers["ETag"]

    again = client.get("/activities/timeline.svg", headers={"If-None-Match": first})
    make_activity(title="Another", starts="2022")
    indexed()
    changed = client.get("/activities/timeline.svg", headers={"If-None-Match": first})

    assert again.status_code == 304
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first


def test_the_timeline_counts_published_entries_of_the_question(client, indexed):
    for title in ("One", "Two"):
        make_activity(title=title)
    make_activity(title="Three", starts="2023")
    make_draft(title="Draft", starts="2023")
    make_withdrawn(title="Withdrawn", starts="2023")
    indexed()

    drawing = client.get("/activities/timeline.svg?country=KEN").content.decode()
    nothing = client.get("/activities/timeline.svg?country=NAM").content.decode()

    assert "When they began, 2021 to 2023: highest 2 in 2021, lowest 0 in 2022." in drawing
    assert "highest" not in nothing


def test_without_an_index_the_pictures_are_empty(client, settings, tmp_path, monkeypatch):
    from rapporteur.search import index

    settings.SEARCH_INDEX = tmp_path / "none"
    monkeypatch.setattr(index, "_reader", None)

    assert client.get("/activities/map.svg").status_code == 200
    assert client.get("/activities/timeline.svg").status_code == 200
