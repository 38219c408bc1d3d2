"""A search as an Atom feed: newest first, stable names, public entries alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from rapporteur.search import actions as search_actions
from rapporteur.search.saved.feeds import SearchFeed
from tests.search.saved.conftest import AT

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOUR = timedelta(hours=1)


def read(response) -> etree._Element:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(feed: etree._Element, path: str) -> list[str]:
    found = feed.xpath(path, namespaces=ATOM)
    return [item if isinstance(item, str) else item.text for item in found]


@pytest.fixture
def papers(shelf):
    shelf.put(
        "a",
        title="Clinics",
        text="health for all",
        note="A/80/62",
        facets={"topic": ["C2"]},
        updated=AT,
    )
    shelf.put("b", title="Nurses & <b>", text="health", updated=AT + HOUR)
    shelf.put("c", title="عيادات", text="health", language="ar", updated=AT - HOUR)
    shelf.put("d", title="Draft", text="health", updated=AT + 2 * HOUR, public=False)
    shelf.put("e", title="Without a date", text="health")
    shelf.put("f", title="Wells", text="water", updated=AT)
    search_actions.rebuild()
    return shelf


def test_feed_holds_what_the_search_finds_newest_first(client, papers):
    feed = read(client.get("/search/feed?q=health"))

    assert texts(feed, "a:entry/a:title") == ["Nurses & <b>", "Clinics", "عيادات"]
    assert texts(feed, "a:entry/a:link/@href") == [
        "http://testserver/papers/b",
        "http://testserver/papers/a",
        "http://testserver/papers/c",
    ]
    assert texts(feed, "a:entry/a:updated") == [
        "2026-11-29T10:00:00+00:00",
        "2026-11-29T09:00:00+00:00",
        "2026-11-29T08:00:00+00:00",
    ]
    assert texts(feed, "a:updated") == ["2026-11-29T10:00:00+00:00"]
    assert texts(feed, "a:entry/a:summary") == ["health", "A/80/62\nhealth for all", "health"]
    assert texts(feed, "a:entry/a:category/@term") == ["Papers", "Papers", "Papers"]
    assert texts(feed, "a:entry/@xml:lang") == ["en", "en", "ar"]


def test_feed_names_itself_and_its_page(client, papers):
    feed = read(client.get("/search/feed?topic=C2&q=health&page=7"))

    assert texts(feed, "a:title") == ["Rapporteur: Search: Words: health; Topic: C2"]
    assert texts(feed, "a:author/a:name") == ["Rapporteur"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == [
        "http://testserver/search?q=health&topic=C2"
    ]
    assert texts(feed, "a:link[@rel='self']/@href") == [
        "http://testserver/search/feed?q=health&topic=C2"
    ]
    assert texts(feed, "a:entry/a:title") == ["Clinics"]


def test_names_of_entries_stay_whatever_the_search_the_language_or_the_title(client, papers):
    def name_of(path: str) -> list[str]:
        return texts(read(client.get(path)), "a:entry[a:link[contains(@href, '/papers/a')]]/a:id")

    before = name_of("/search/feed?q=health")
    papers.put("a", title="Renamed", text="health", updated=AT + 5 * HOUR)
    search_actions.rebuild()

    assert before == ["tag:testserver,2026:paper:a"]
    assert name_of("/search/feed") == before
    assert name_of("/ar/search/feed?q=health") == before


def test_feed_in_another_language_leads_to_its_pages(client, papers):
    feed = read(client.get("/ar/search/feed?q=health"))

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert texts(feed, "a:link[@rel='alternate']/@href") == ["http://testserver/ar/search?q=health"]
    assert "http://testserver/ar/papers/a" in texts(feed, "a:entry/a:link/@href")


def test_title_is_in_the_reader_s_language_where_there_is_one(client, shelf):
    from dataclasses import replace

    entry = shelf.put("a", text="health", updated=AT)
    shelf.entries["a"] = replace(entry, title={"en": "Clinics", "zh": "诊所"})
    search_actions.rebuild()

    feed = read(client.get("/zh-hans/search/feed?q=health"))
    assert texts(feed, "a:entry/a:title") == ["诊所"]
    assert texts(feed, "a:entry/@xml:lang") == ["zh"]


def test_reader_that_has_the_feed_gets_304_until_something_changes(client, papers):
    first = client.get("/search/feed?q=health")
    etag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/search/feed?q=health", headers={"if-none-match": etag}).status_code == 304

    papers.put("g", text="health", updated=AT + 9 * HOUR)
    search_actions.rebuild()
    again = client.get("/search/feed?q=health", headers={"if-none-match": etag})
    assert again.status_code == 200
    assert again.headers["ETag"] != etag


def test_empty_feed_is_the_same_each_time(client, papers):
    first = client.get("/search/feed?q=nothing")
    feed = read(first)

    assert texts(feed, "a:entry") == []
    assert texts(feed, "a:updated") == ["1970-01-01T00:00:00+00:00"]
    assert client.get("/search/feed?q=nothing").content == first.content


def test_feed_holds_fifty(client, shelf):
    for number in range(60):
        shelf.put(str(number), text="health", updated=AT + number * HOUR)
    search_actions.rebuild()
    feed = read(client.get("/search/feed?q=health"))

    assert texts(feed, "a:entry/a:title") == [f"Paper {number}" for number in range(59, 9, -1)]


def test_long_text_is_cut_at_a_word_and_control_signs_are_left_out(client, shelf):
    shelf.put("a", title="Bell\x07", text="health " * 200, updated=AT)
    search_actions.rebuild()
    feed = read(client.get("/search/feed?q=health"))

    assert texts(feed, "a:entry/a:title") == ["Bell"]
    [summary] = texts(feed, "a:entry/a:summary")
    assert summary == "health " * 71 + "…"


def test_without_an_index_the_feed_says_when_to_come_back(client, shelf):
    answer = client.get("/search/feed?q=health")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")


def test_whoever_is_signed_in_reads_the_same(client, reader, papers):
    anonymous = client.get("/search/feed?q=health").content
    client.force_login(reader)

    assert client.get("/search/feed?q=health").content == anonymous


def test_feed_asks_as_many_queries_whatever_it_holds(client, shelf):
    counts = []
    for number in range(3):
        shelf.put(str(number), text="health", updated=AT)
        search_actions.rebuild()
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/feed?q=health")
        counts.append(len(queries))

    assert counts == [0, 0, 0]


def test_dates_without_a_time_count_from_midnight(client, shelf):
    shelf.put("a", text="health", updated=datetime(2026, 3, 2, tzinfo=UTC).date())
    search_actions.rebuild()
    feed = read(client.get("/search/feed"))

    assert texts(feed, "a:entry/a:updated") == ["2026-03-02T00:00:00+00:00"]


def test_feed_of_an_unknown_page_is_none(rf):
    from django.http import Http404

    with pytest.raises(Http404):
        SearchFeed.as_view(scope="wells")(rf.get("/wells/feed"))


def test_feed_of_a_room_s_own_page_holds_its_kinds(rf, papers, monkeypatch):
    from rapporteur.search import registry
    from rapporteur.search.saved import scopes

    registry.add_searchable("map", label="Maps", load=papers.load, all_keys=list, order=9)
    monkeypatch.setattr(scopes, "_scopes", {})
    scopes.add_scope(
        "maps", label="Maps", page="search:results", feed="search:feed", kinds=("map",)
    )
    answer = SearchFeed.as_view(scope="maps")(rf.get("/maps/feed?q=health"))

    assert texts(read(answer), "a:entry") == []
