"""The pages of saved searches: their forms, their list, and that they are private."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.directory.models import Account
from rapporteur.search import actions as search_actions
from rapporteur.search import index
from rapporteur.search.saved.models import SavedSearch
from tests.search.saved.conftest import AT, make_reader, save

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
FORM = {"name": "Health", "frequency": "weekly", "language": "fr"}


@pytest.fixture
def papers(shelf):
    shelf.put("a", text="health", facets={"topic": ["C7.4"]}, updated=AT - HOUR)
    shelf.put("b", text="health", facets={"topic": ["C2"]}, updated=AT + HOUR)
    shelf.put("c", text="wealth", facets={"topic": ["C2"]}, updated=AT + HOUR)
    shelf.put("d", text="health", updated=AT + HOUR, public=False)
    search_actions.rebuild()
    return shelf


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


# --- Saving


def test_results_lead_to_saving_and_to_the_feed(signed_in, papers):
    page = signed_in.get("/search?topic=C2&q=health&page=1").content.decode()

    assert '<a href="/account/searches/new/search?q=health&amp;topic=C2" rel="nofollow">' in page
    assert '<a href="/search/feed?q=health&amp;topic=C2" rel="nofollow">Feed</a>' in page


def test_form_names_what_is_saved_and_suggests_its_words(signed_in, papers):
    page = signed_in.get("/account/searches/new/search?q=health&topic=C2&from=2015&page=3")

    text = page.content.decode()
    assert page.context["form"].initial == {
        "name": "health",
        "frequency": "never",
        "language": "en",
    }
    assert '<input type="hidden" name="query" value="q=health&amp;topic=C2&amp;from=2015">' in text
    assert [(str(part.label), part.words) for part in page.context["parts"]] == [
        ("Words", "health"),
        ("Topic", "C2"),
        ("From the year", "2015"),
    ]
    assert 'href="/search?q=health&amp;topic=C2&amp;from=2015"' in text


def test_saving_keeps_the_search_and_leads_to_the_list(signed_in, reader, papers):
    answer = signed_in.post(
        "/account/searches/new/search", {**FORM, "query": "topic=C2&q=health&page=2"}, follow=True
    )

    assert answer.redirect_chain == [("/account/searches", 302)]
    assert "The search is saved." in answer.content.decode()
    saved = SavedSearch.objects.get()
    assert (saved.account, saved.scope, saved.query) == (reader, "search", "q=health&topic=C2")
    assert (saved.name, saved.frequency, saved.language) == ("Health", "weekly", "fr")


def test_sent_twice_it_is_saved_once(signed_in, papers):
    for _time in range(2):
        signed_in.post("/account/searches/new/search", {**FORM, "query": "q=health"})

    assert SavedSearch.objects.count() == 1


def test_faults_are_said_and_what_was_typed_stays(signed_in, papers):
    answer = signed_in.post(
        "/account/searches/new/search",
        {"query": "q=health", "name": " ", "frequency": "hourly", "language": "fr"},
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_name">Enter a name for the search.</a>' in text
    assert '<option value="fr" selected>' in text
    assert 'name="query" value="q=health"' in text
    assert not SavedSearch.objects.exists()


def test_name_is_one_line(signed_in, papers):
    signed_in.post(
        "/account/searches/new/search",
        {**FORM, "query": "q=a", "name": "Health\r\nBcc: all@example.org"},
    )

    assert SavedSearch.objects.get().name == "Health Bcc: all@example.org"


def test_too_many_are_refused_and_what_was_typed_stays(signed_in, reader, papers):
    for number in range(20):
        save(reader, query=f"q={number}")
    answer = signed_in.post("/account/searches/new/search", {**FORM, "query": "q=health"})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "You keep 20 searches, and one account can keep no more." in text
    assert 'value="Health"' in text
    assert SavedSearch.objects.count() == 20


def test_page_that_keeps_no_searches_is_none(signed_in, papers):
    assert signed_in.get("/account/searches/new/wells").status_code == 404
    assert signed_in.post("/account/searches/new/wells", FORM).status_code == 404


def test_visitor_signs_in_and_comes_back_to_the_search(client, papers):
    answer = client.get("/account/searches/new/search?q=health&topic=C2")

    assert answer.status_code == 302
    assert answer.headers["Location"] == (
        "/account/login/?next=/account/searches/new/search%3Fq%3Dhealth%26topic%3DC2"
    )


def test_form_refuses_what_has_no_token_of_the_session(reader):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    saved = save(reader)
    for path in ("new/search", str(saved.pk), f"{saved.pk}/open", f"{saved.pk}/delete"):
        assert strict.post(f"/account/searches/{path}", FORM).status_code == 403


# --- The list


def test_list_counts_all_and_what_is_new_since_the_last_look(signed_in, reader, papers):
    save(reader, query="q=health")
    page = signed_in.get("/account/searches")

    [row] = page.context["rows"]
    # The draft counts nowhere.
    assert (row.count, row.fresh, row.feed_url) == (2, 1, "/search/feed?q=health")
    text = page.content.decode()
    assert "1 search of at most 20" in text
    assert "2 entries" in text
    assert "1 new or changed since" in text
    assert "At most once a day" in text


def test_opening_leads_to_the_search_and_makes_nothing_new(signed_in, reader, papers):
    saved = save(reader, query="q=health")
    answer = signed_in.post(f"/account/searches/{saved.pk}/open")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/search?q=health")
    page = signed_in.get("/account/searches")
    assert page.context["rows"][0].fresh == 0
    assert "nothing new since" in page.content.decode()


def test_looking_at_the_list_changes_nothing(signed_in, reader, papers):
    saved = save(reader, query="q=health")
    signed_in.get("/account/searches")
    signed_in.get(f"/account/searches/{saved.pk}")
    saved.refresh_from_db()

    assert saved.looked_at == AT


def test_count_is_that_of_the_page(signed_in, reader, papers):
    for query in ("", "q=health", "q=health+wealth&any=1", "topic=C2", "q=health&topic=C2"):
        save(reader, query=query, name=query or "all")
    for row in signed_in.get("/account/searches").context["rows"]:
        shown = signed_in.get(f"/search?{row.saved.query}").context["count"]
        assert row.count == shown, row.saved.query


def test_empty_list_says_what_to_do(signed_in, papers):
    text = signed_in.get("/account/searches").content.decode()

    assert "You have saved no search yet." in text
    assert '<a href="/search">search page</a>' in text


def test_without_an_index_the_list_says_so(signed_in, reader, shelf):
    save(reader)
    page = signed_in.get("/account/searches")

    assert page.status_code == 200
    assert "Nothing can be counted at the moment" in page.content.decode()
    assert page.context["rows"][0].count is None


def test_search_of_a_page_that_is_gone_can_still_be_deleted(signed_in, reader, papers):
    saved = save(reader, scope="gone")
    page = signed_in.get("/account/searches")

    assert page.status_code == 200
    assert "/open" not in page.content.decode()
    assert signed_in.get(f"/account/searches/{saved.pk}").status_code == 200
    assert signed_in.post(f"/account/searches/{saved.pk}/open").status_code == 404
    assert signed_in.post(f"/account/searches/{saved.pk}/delete").status_code == 302


def test_list_asks_as_many_queries_with_one_row_as_with_three(signed_in, reader, papers):
    counts = []
    for number in range(3):
        save(reader, query=f"q=a{number}&topic=C2", name=f"N{number}")
        signed_in.get("/account/searches")
        with CaptureQueriesContext(connection) as queries:
            signed_in.get("/account/searches")
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


def test_hostile_name_and_words_are_shown_as_text(signed_in, reader, papers):
    hostile = "<script>alert(1)</script>"
    saved = save(reader, query="q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E", name=hostile)
    for path in ("/account/searches", f"/account/searches/{saved.pk}"):
        text = signed_in.get(path).content.decode()
        assert hostile not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


# --- Changing and deleting


def test_change(signed_in, reader, papers):
    saved = save(reader)
    page = signed_in.get(f"/account/searches/{saved.pk}")
    assert page.context["form"].initial == {
        "name": "Health",
        "frequency": "daily",
        "language": "en",
    }

    answer = signed_in.post(f"/account/searches/{saved.pk}", {**FORM, "name": "Clinics"})

    assert answer.headers["Location"] == "/account/searches"
    saved.refresh_from_db()
    assert (saved.name, saved.frequency, saved.language) == ("Clinics", "weekly", "fr")


def test_faulty_change_is_shown_again(signed_in, reader, papers):
    saved = save(reader)
    answer = signed_in.post(f"/account/searches/{saved.pk}", {**FORM, "name": "x" * 151})

    assert answer.status_code == 422
    assert "x" * 151 in answer.content.decode()
    saved.refresh_from_db()
    assert saved.name == "Health"


def test_delete(signed_in, reader, papers):
    saved = save(reader)
    answer = signed_in.post(f"/account/searches/{saved.pk}/delete", follow=True)

    assert "The saved search is deleted." in answer.content.decode()
    assert not SavedSearch.objects.exists()
    assert signed_in.post(f"/account/searches/{saved.pk}/delete").status_code == 404


# --- Private


def test_another_account_finds_none_of_it(signed_in, papers):
    other = save(make_reader("other@example.org"), name="A secret interest")
    for path in ("", "/open", "/delete"):
        answer = signed_in.post(f"/account/searches/{other.pk}{path}", FORM)
        assert answer.status_code == 404, path
    assert signed_in.get(f"/account/searches/{other.pk}").status_code == 404
    assert "A secret interest" not in signed_in.get("/account/searches").content.decode()
    other.refresh_from_db()
    assert (other.name, other.looked_at) == ("A secret interest", AT)


def test_suspended_account_keeps_out(signed_in, reader, papers):
    saved = save(reader)
    Account.objects.update(suspended_at=datetime(2026, 11, 29, tzinfo=UTC))

    assert signed_in.get("/account/searches").status_code == 403
    assert signed_in.post("/account/searches/new/search", FORM).status_code == 403
    assert signed_in.post(f"/account/searches/{saved.pk}/delete").status_code == 404


def test_no_cache_keeps_the_list(signed_in, papers):
    assert signed_in.get("/account/searches").headers["Cache-Control"] == "private, no-store"


def test_index_that_goes_away_in_between_is_said(signed_in, reader, papers, monkeypatch):
    save(reader)

    def gone(*args, **values):
        raise index.NoIndex

    monkeypatch.setattr("rapporteur.search.saved.queries.count_of", gone)
    page = signed_in.get("/account/searches")

    assert page.status_code == 200
    assert "Nothing can be counted at the moment" in page.content.decode()
