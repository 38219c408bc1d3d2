from datetime import timedelta

import pytest
from django.utils import timezone

from rapporteur.register import searchables
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_organization,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def test_an_activity_is_one_entry_with_what_narrows_it():
    make_organization()
    activity = make_activity(
        organization="Wells Union",
        organization_slug="wells-union",
        stakeholder_group="stakeholder:civil-society",
        regions=("region:europe", "itu-region:africa"),
        sdgs=("SDG4.1", "SDG4", "SDG9"),
        technologies=("radio",),
    )

    (entry,) = searchables.load([str(activity.pk)])

    assert (entry.kind, entry.key, entry.public) == ("register.activity", str(activity.pk), True)
    assert entry.title == {"en": "School wells online"}
    assert entry.text == {
        "en": "Maps the wells of village schools and tells when one runs dry.\nradio"
    }
    assert (entry.url, entry.year, entry.note) == (
        f"/activities/{activity.pk}",
        2021,
        "Wells Union",
    )
    assert entry.updated == AT
    assert entry.facets == {
        "action-line": ["C7.4", "C7"],
        "sdg": ["SDG4", "SDG9"],
        "country": ["KEN"],
        "stakeholder-group": ["stakeholder:civil-society"],
        "activity-kind": ["project"],
        "activity-status": ["running"],
        "organization": ["wells-union"],
        "language": ["en"],
        "standing": [activity.standing(on=timezone.localdate())],
        "region": ["region:europe"],
        "itu-region": ["itu-region:africa"],
    }


def test_an_unknown_organization_counts_under_its_name():
    activity = make_activity(organization="Village Wells Ltd")

    (entry,) = searchables.load([str(activity.pk)])

    assert entry.facets["organization"] == ["Village Wells Ltd"]


def test_what_is_not_published_is_not_public():
    draft, withdrawn = make_draft().activity, make_withdrawn(title="Other")

    entries = list(searchables.load([str(draft.pk), str(withdrawn.pk)]))

    assert [entry.public for entry in entries] == [False, False]
    assert list(searchables.iterate()) == []
    assert list(searchables.all_keys()) == []


def test_the_standing_follows_the_day():
    activity = make_activity(at=AT - timedelta(days=2000))

    (entry,) = searchables.load([str(activity.pk)])

    assert entry.facets["standing"] == ["stale"]


def test_translations_give_titles_and_texts():
    from rapporteur.register.content import Translation

    activity = make_activity(translations={"fr": Translation("Puits", "Carte des puits.")})

    (entry,) = searchables.load([str(activity.pk)])

    assert entry.title == {"en": "School wells online", "fr": "Puits"}
    assert entry.text["fr"] == "Carte des puits."


def test_loading_takes_the_same_queries_for_one_and_for_three(django_assert_num_queries):
    keys = [str(make_activity(title=title).pk) for title in ("A", "B", "C")]
    list(searchables.load(keys))

    for some in (keys[:1], keys):
        with django_assert_num_queries(2):
            list(searchables.load(some))
