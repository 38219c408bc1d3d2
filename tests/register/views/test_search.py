"""The register's search page: counts, rows, and nothing that is not public."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapporteur.register.actions import merging
from rapporteur.register.models import Activity
from rapporteur.register.views.search import FACETS, shortened, years_of
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_organization,
    make_secretariat,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def words(page):
    """Return a page's words without its tags."""
    text = page if isinstance(page, str) else page.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_heading_counts_and_every_count_leads_to_its_definition(client, indexed):
    make_activity(title="Verified", at=timezone.now())
    unconfirmed = make_activity(title="Unconfirmed", at=timezone.now())
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None)
    for title in ("Stale", "Staler"):
        make_activity(title=title, at=timezone.now() - timedelta(days=800))
    indexed()

    response = client.get("/activities")

    assert response.context["heading"] == "4 activities in the register"
    assert response.context["standing"] == [
        ("1 confirmed in the last two years", "/activities/definitions#verified"),
        ("1 not confirmed yet", "/activities/definitions#unconfirmed"),
        ("2 not confirmed for two years", "/activities/definitions#stale"),
    ]
    assert 'href="/activities/definitions#live"' in response.content.decode()


def test_what_was_chosen_alone_is_told_of(client, indexed):
    make_activity(title="Verified", at=timezone.now())
    make_activity(title="Stale", at=timezone.now() - timedelta(days=800))
    indexed()

    response = client.get("/activities?standing=stale")

    assert response.context["heading"] == "1 activity of the register"
    assert [told for told, _url in response.context["standing"]] == [
        "0 confirmed in the last two years",
        "0 not confirmed yet",
        "1 not confirmed for two years",
    ]


def test_facets_stand_in_their_order_with_exact_counts(client, indexed):
    make_organization()
    known = {"organization": "Wells Union", "organization_slug": "wells-union"}
    make_activity(stakeholder_group="stakeholder:governments", **known)
    make_activity(title="Other", countries=("NAM",), action_lines=("C7.4", "C3"), language="fr")
    make_draft(title="Draft", **known)
    make_withdrawn(title="Withdrawn", **known)
    indexed()

    facets = client.get("/activities").context["facets"]

    assert [facet.name for facet in facets] == [
        name for name in FACETS if name not in ("region", "itu-region", "country-group")
    ]
    found = {facet.name: [(item.value, item.count) for item in facet.values] for facet in facets}
    assert found["action-line"] == [("C3", 1), ("C7", 2), ("C7.4", 2)]
    assert found["country"] == [("KEN", 1), ("NAM", 1)]
    assert found["organization"] == [("wells-union", 1)]
    assert found["language"] == [("en", 1), ("fr", 1)]
    assert found["year"] == [("2021", 2)]


def test_a_row_tells_who_where_when_and_marks_what_to_know(client, indexed):
    make_activity(
        title="Wells <i>online</i>",
        at=timezone.now() - timedelta(days=800),
        organization="Wells & Union",
        ends="2024-05",
        given={"C7.4": "suggestion"},
    )
    indexed()

    page = client.get("/activities").content.decode()
    row = page[page.index('<ol class="hits">') : page.index("</ol>", page.index('class="hits"'))]

    assert words(row) == (
        "Wells &lt;i&gt;online&lt;/i&gt; Wells &amp; Union Kenya 2021–2024 Project C7.4 not "
        "confirmed for two years with suggested labels Maps the wells of village schools and tells "
        "when one runs dry."
    )
    assert row.count("dot-ring") == 1
    assert row.count("dot-half") == 1


def test_only_what_is_published_is_found(client, indexed):
    kept = make_activity(title="Kept wells")
    duplicate = make_activity(title="Duplicate wells")
    merging.merge(source=duplicate, target=kept, by=make_secretariat(), at=AT)
    make_draft(title="Draft wells")
    make_withdrawn(title="Withdrawn wells")
    indexed()

    for address in ("/activities?q=wells", "/activities?q=wells&format=json", "/activities/feed"):
        page = client.get(address).content.decode()

        assert "Kept" in page
        assert not any(word in page for word in ("Duplicate", "Draft", "Withdrawn"))


def test_pictures_are_lazy_sized_and_ask_the_same_question(client, indexed):
    make_activity()
    indexed()

    page = client.get("/activities?q=wells&country=KEN&sort=newest").content.decode()

    pictures = re.findall(r"<img [^>]+>", page)
    assert len(pictures) == 2
    assert 'src="/activities/map.svg?q=wells&amp;country=KEN"' in pictures[0]
    assert 'src="/activities/timeline.svg?q=wells&amp;country=KEN"' in pictures[1]
    assert all(
        'loading="lazy"' in item and re.search(r'width="\d+"\s+height="\d+"', item)
        for item in pictures
    )
    assert (
        'alt="Where they take place: 1 country or area with data; highest 1 in Kenya."'
        in pictures[0]
    )
    assert 'href="/activities/table?by=country&amp;q=wells&amp;country=KEN"' in page


def test_the_page_costs_the_same_with_one_and_with_three(client, indexed):
    make_activity()
    indexed()
    client.get("/activities")
    with CaptureQueriesContext(connection) as one:
        client.get("/activities")
    make_activity(title="Second")
    make_activity(title="Third")
    indexed()
    client.get("/activities")
    with CaptureQueriesContext(connection) as three:
        client.get("/activities")

    assert len(three) == len(one)


def test_without_an_index_the_page_says_so(client, settings, tmp_path, monkeypatch):
    from rapporteur.search import index

    settings.SEARCH_INDEX = tmp_path / "none"
    monkeypatch.setattr(index, "_reader", None)

    response = client.get("/activities")

    assert response.status_code == 200
    assert "rapporteur search rebuild" in response.content.decode()


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("2019-05", "2021", "2019–2021"),
        ("2019", "2019-12-31", "2019"),
        ("2019", "", "2019"),
        ("", "2021", "–2021"),
        ("", "", ""),
    ],
)
def test_years_of(starts, ends, told):
    assert years_of(starts, ends) == told


@pytest.mark.parametrize(
    ("names", "more", "told"),
    [
        (["Kenya"], 0, "Kenya"),
        (["Kenya", "Togo", "Fiji"], 0, "Kenya, Togo, Fiji"),
        (["Kenya", "Togo", "Fiji", "Chad"], 0, "Kenya, Togo and 2 more"),
        (["Kenya", "Togo", "Fiji", "Chad"], 7, "Kenya, Togo and 9 more"),
    ],
)
def test_shortened(names, more, told):
    assert shortened(names, more=more) == told
