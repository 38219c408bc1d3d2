"""Activities as everybody and as their keepers read them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from rapporteur.register.actions import drafting, following, merging
from rapporteur.register.models import Activity, FollowUp
from tests.factories.api import Program, make_program
from tests.factories.register import (
    AT,
    make_activity,
    make_content,
    make_draft,
    make_person,
    make_secretariat,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def shown(activity: Activity, **values):
    base = "http://testserver"
    return {
        "id": activity.pk,
        "url": f"{base}/api/v1/activities/{activity.pk}",
        "page": f"{base}/activities/{activity.pk}",
        "state": "published",
        "version": 1,
        "content": {
            "title": "School wells online",
            "description": "Maps the wells of village schools and tells when one runs dry.",
            "language": "en",
            "kind": "project",
            "status": "running",
            "coverage": "countries",
            "countries": ["KEN"],
            "starts": "2021",
            "action_lines": ["C7.4"],
            "sdgs": ["SDG4"],
        },
        "gaps": ["organization", "stakeholder_group", "links"],
        "standing": "verified",
        "published_at": "2026-01-01T09:30:00Z",
        "updated_at": "2026-01-01T09:30:00Z",
        "confirmed_at": "2026-01-01T09:30:00Z",
        "source": None,
        "open_version": None,
        **values,
    }


@pytest.fixture
def today(monkeypatch):
    """Hold the day still: whether an entry is stale depends on it."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: AT.date())


def test_one_entry_and_the_list_show_the_same(today):
    activity = make_activity()

    one = Program().get(f"activities/{activity.pk}")
    listed = Program().get("activities")

    assert one.json() == shown(activity)
    assert listed.json() == {"items": [shown(activity)], "next": None}
    assert one.headers["Content-Type"] == "application/json"
    assert one.headers["Cache-Control"] == "public, no-cache"
    assert one.headers["Access-Control-Allow-Origin"] == "*"


def test_the_keeper_sees_the_version_that_is_open(today):
    keeper = make_person()
    activity = make_activity(by=keeper)
    version = drafting.begin_change(activity=activity, by=keeper, at=AT)
    drafting.save_draft(version=version, content=make_content("Wells"), by=keeper, at=AT)
    path = f"activities/{activity.pk}"

    theirs = make_program(keeper).get(path)

    assert theirs.json()["open_version"] == {
        "number": 2,
        "state": "draft",
        "base": 1,
        "content": {**shown(activity)["content"], "title": "Wells"},
        "gaps": ["organization", "stakeholder_group", "links"],
        "saved_at": "2026-01-01T09:30:00Z",
        "submitted_at": None,
        "note": "",
        "reason": "",
    }
    assert theirs.headers["Cache-Control"] == "private, no-store"
    assert Program().get(path).json() == shown(activity)
    assert make_program(make_person("another@example.org")).get(path).json() == shown(activity)


@pytest.mark.parametrize("suffix", ["", "/versions", "/follow-ups", "/versions/1"])
def test_a_draft_is_not_there_for_others(suffix):
    draft = make_draft()
    path = f"activities/{draft.activity_id}{suffix}"

    for program in (Program(), make_program(make_person("another@example.org"))):
        assert program.get(path).status_code == 404
    assert Program().get("activities").json()["items"] == []


def test_a_withdrawn_entry_says_why():
    activity = make_withdrawn()

    for suffix in ("", "/versions", "/versions/1", "/follow-ups"):
        answer = Program().get(f"activities/{activity.pk}{suffix}")
        assert answer.status_code == 410
        assert answer.json() == {
            "type": "about:blank",
            "title": "This was taken off the register",
            "status": 410,
            "detail": "This entry was withdrawn: Ended.",
            "withdrawn_at": "2026-01-01T09:30:00Z",
        }


def test_a_merged_entry_leads_to_the_other_and_keeps_its_versions():
    target, source = make_activity(), make_activity(title="Twice")
    merging.merge(source=source, target=target, by=make_secretariat(), at=AT)

    answer = Program().get(f"activities/{source.pk}")
    versions = Program().get(f"activities/{source.pk}/versions")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"http://testserver/api/v1/activities/{target.pk}"
    assert [row["content"]["title"] for row in versions.json()["items"]] == ["Twice"]


def test_versions_the_latest_first_each_at_its_address():
    keeper = make_person()
    activity = make_activity(by=keeper)
    version = drafting.begin_change(activity=activity, by=keeper, at=AT)
    drafting.save_draft(version=version, content=make_content("Wells"), by=keeper, at=AT)

    listed = make_program(keeper).get(f"activities/{activity.pk}/versions").json()
    one = Program().get(f"activities/{activity.pk}/versions/1").json()

    assert [(row["number"], row["state"]) for row in listed["items"]] == [(1, "published")]
    assert listed["items"] == [one]
    # What was never published is no version for anybody.
    assert make_program(keeper).get(f"activities/{activity.pk}/versions/2").status_code == 404


def test_follow_ups_those_that_are_published_and_the_keeper_s_own():
    keeper = make_person()
    activity = make_activity(by=keeper)
    waiting = following.report(activity=activity, token="a", year=2025, text="A", by=keeper, at=AT)
    done = following.report(activity=activity, token="b", year=2025, text="B", by=keeper, at=AT)
    FollowUp.objects.filter(pk=done.pk).update(state="published")
    path = f"activities/{activity.pk}/follow-ups"

    assert Program().get(path).json() == {
        "items": [
            {
                "id": done.pk,
                "activity": activity.pk,
                "url": f"http://testserver/api/v1/{path}/{done.pk}",
                "state": "published",
                "year": 2025,
                "text": "B",
                "language": "",
                "status": "",
                "results": [],
                "made_at": "2026-01-01T09:30:00Z",
            }
        ],
        "next": None,
    }
    assert Program().get(f"{path}/{waiting.pk}").status_code == 404
    assert make_program(keeper).get(f"{path}/{waiting.pk}").json()["state"] == "submitted"


def test_contacts_go_out_to_nobody():
    keeper = make_person()
    activity = make_activity(by=keeper)
    drafting.set_contact(
        activity=activity,
        name="Ms Secret",
        email="secret@example.org",
        phone="555",
        by=keeper,
        at=AT,
    )

    for program in (Program(), make_program(keeper), make_program(make_secretariat())):
        for path in (
            "activities",
            f"activities/{activity.pk}",
            f"activities/{activity.pk}/versions",
        ):
            text = program.get(path).content.decode()
            assert "secret" not in text.lower()
            assert "555" not in text
            assert "contact" not in text
            assert keeper.email not in text


def test_the_list_of_a_page_stays_while_entries_come():
    first = [make_activity(title=f"Wells {number}") for number in range(5)]
    program = Program()

    page = program.get("activities?limit=2")
    make_activity(title="Newer")
    Activity.objects.filter(pk=first[3].pk).update(state="withdrawn")
    titles = [row["content"]["title"] for row in page.json()["items"]]
    while following_page := page.json()["next"]:
        assert page.headers["Link"] == f'<{following_page}>; rel="next"'
        page = program.get(following_page)
        titles += [row["content"]["title"] for row in page.json()["items"]]

    assert titles == ["Wells 4", "Wells 3", "Wells 2", "Wells 1", "Wells 0"]
    assert "Link" not in page.headers


def test_a_cursor_belongs_to_its_list():
    for number in range(3):
        make_activity(title=f"Wells {number}")
    following_page = Program().get("activities?limit=1").json()["next"]

    other = following_page.replace("limit=1", "limit=1&updated_since=2020-01-01T00:00:00Z")
    broken = following_page[:-1] + ("A" if following_page[-1] != "A" else "B")

    assert Program().get(following_page).status_code == 200
    assert Program().get(other).status_code == 404
    assert Program().get(broken).status_code == 404
    assert Program().get("activities?cursor=x").json()["status"] == 404


def test_updated_since():
    old = make_activity(title="Old")
    new = make_activity(title="New", at=AT + timedelta(days=2))

    def found(moment: str) -> list[int]:
        answer = Program().get(f"activities?updated_since={moment}")
        return [row["id"] for row in answer.json()["items"]]

    assert found("2026-01-01T09:30:00Z") == [new.pk, old.pk]
    assert found("2026-01-01T09:30:01z") == [new.pk]
    assert found("2026-01-01T12:30:00%2B03:00") == [new.pk, old.pk]
    assert found("2026-01-04T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("limit=0", [("limit", "too-small", [])]),
        ("limit=101", [("limit", "too-large", [])]),
        ("limit=many", [("limit", "not-a-number", [])]),
        ("contry=KEN", [("contry", "unknown-parameter", ["country", "country-group"])]),
        ("updated_since=yesterday", [("updated_since", "not-a-moment", [])]),
        ("updated_since=2026-02-30T00:00:00Z", [("updated_since", "not-a-moment", [])]),
        ("year=1", [("year.0", "too-small", [])]),
        ("any=perhaps", [("any", "not-a-flag", [])]),
        ("sdg=", [("sdg.0", "empty", [])]),
    ],
)
def test_parameters_that_are_wrong_are_named(query, errors):
    answer = Program().get(f"activities?{query}")

    assert answer.status_code == 422
    found = answer.json()["errors"]
    assert [(row["field"], row["code"]) for row in found] == [row[:2] for row in errors]
    for row, (_field, _code, nearest) in zip(found, errors, strict=True):
        assert row["nearest"][: len(nearest)] == nearest
        assert row["message"]


def test_words_and_facets_find_what_the_search_page_finds(indexed):
    wells = make_activity(title="Wells", countries=("KEN",), sdgs=("SDG4.1",))
    roads = make_activity(
        title="Roads", description="Of gravel.", countries=("NAM",), action_lines=("C3",)
    )
    indexed()

    def found(query: str) -> list[int]:
        return [row["id"] for row in Program().get(f"activities?{query}").json()["items"]]

    assert found("q=wells") == [wells.pk]
    assert found("q=wells roads") == []
    assert found("q=wells roads&any=1") == [roads.pk, wells.pk]
    assert found("country=NAM") == [roads.pk]
    assert found("country=NAM&country=KEN") == [roads.pk, wells.pk]
    assert found("action-line=C7") == [wells.pk]
    assert found("sdg=SDG4") == [roads.pk, wells.pk]
    assert found("activity-kind=website") == []
    assert found("q=roads -roads") == []
    assert found("country=NAM&updated_since=2027-01-01T00:00:00Z") == []


def test_pages_of_what_is_found_stay_while_entries_come(indexed):
    made = [make_activity(title=f"Wells {number}") for number in range(5)]
    indexed()
    page = Program().get("activities?q=wells&limit=2").json()
    make_activity(title="Wells, newer")
    indexed()

    numbers = [row["id"] for row in page["items"]]
    while page["next"]:
        page = Program().get(page["next"]).json()
        numbers += [row["id"] for row in page["items"]]

    assert numbers == [row.pk for row in reversed(made)]


def test_what_was_withdrawn_a_moment_ago_is_not_found(indexed):
    made = [make_activity(title=f"Wells {number}") for number in range(3)]
    indexed()
    Activity.objects.filter(pk=made[1].pk).update(state="withdrawn")

    answer = Program().get("activities?q=wells&limit=2").json()

    assert [row["id"] for row in answer["items"]] == [made[2].pk, made[0].pk]
    assert answer["next"] is None


def test_without_an_index_searching_waits_and_reading_goes_on(settings, tmp_path, monkeypatch):
    settings.SEARCH_INDEX = tmp_path / "none"
    monkeypatch.setattr("rapporteur.search.index._reader", None)
    make_activity()

    answer = Program().get("activities?q=wells")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert Program().get("activities").status_code == 200


def test_entity_tags():
    activity = make_activity()
    path = f"activities/{activity.pk}"
    program = Program()
    tag = program.tag(path)

    same = program.get(path, If_None_Match=tag)
    weak = program.get(path, If_None_Match=f'"x", W/{tag}')
    other = program.get(path, If_None_Match='"x"')
    stale = program.get(path, If_Match='"x"')
    Activity.objects.filter(pk=activity.pk).update(updated_at=datetime(2026, 2, 1, tzinfo=UTC))
    changed = program.get(path, If_None_Match=tag)

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert weak.status_code == 304
    assert other.status_code == 200
    assert (stale.status_code, stale.json()["status"]) == (412, 412)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_packed_answer_has_a_strong_tag_of_its_own():
    activity = make_activity()
    path = f"activities/{activity.pk}"
    plain, packed = Program().get(path), Program().get(path, Accept_Encoding="gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gz"'
    again = Program().get(path, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert again.status_code == 304


def test_head_and_options():
    activity = make_activity()
    path = f"activities/{activity.pk}"
    program = Program()
    whole = program.get(path)

    head = program.send("HEAD", path)
    options = program.send("OPTIONS", path)
    writing = program.send("OPTIONS", f"{path}/confirm")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert options.status_code == 204
    assert options.headers["Allow"] == "GET, PATCH, HEAD, OPTIONS"
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "Access-Control-Allow-Credentials" not in options.headers
    assert "Authorization" not in options.headers["Access-Control-Allow-Headers"]
    assert writing.headers["Allow"] == "POST, OPTIONS"
    assert "Access-Control-Allow-Origin" not in writing.headers


def test_the_body_does_not_depend_on_the_language():
    activity = make_activity()
    path = f"activities/{activity.pk}"

    assert Program().get(path, Accept_Language="ar").content == Program().get(path).content


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_num_queries):
    make_activity()
    with django_assert_num_queries(1):
        Program().get("activities")
    make_activity(title="B")
    make_activity(title="C")
    with django_assert_num_queries(1):
        assert len(json.loads(Program().get("activities").content)["items"]) == 3
