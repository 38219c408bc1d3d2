"""An activity's page, its versions, linked data and photographs: what they say, and to whom."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapporteur.register.actions import drafting, following, merging, publishing
from rapporteur.register.content import Link, Partner, Result, Translation
from rapporteur.register.models import Activity, ActivityContact, Photograph
from tests.factories.register import (
    AT,
    make_activity,
    make_content,
    make_draft,
    make_focal_point,
    make_organization,
    make_person,
    make_secretariat,
    make_withdrawn,
)
from tests.factories.register_pictures import picture_file

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
UNION = {"organization": "Wells Union", "organization_slug": "wells-union"}
FULL = {
    "stakeholder_group": "stakeholder:governments",
    "partners": (Partner("Wells Union", "wells-union"), Partner("Pump <b>Makers")),
    "sdgs": ("SDG4", "SDG4.1"),
    "compact": ("GDC-11a",),
    "target_groups": ("target-group:women",),
    "technologies": ("SMS",),
    "results": (
        Result("result", "Wells mapped", "1240", "wells", 2024),
        Result("beneficiaries", "Pupils"),
    ),
    "links": (Link("https://example.org/wells", "The map"),),
    "success_story": "A well ran dry and was repaired on Monday.",
    "ends": "2027-05",
    "given": {"C7.4": "suggestion", "SDG4": "source"},
}


def words(response):
    text = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def change(activity, *, at=LATER, publish=True, **values):
    """Begin, send and publish a change of an activity; return the version."""
    activity = Activity.objects.get(pk=activity.pk)
    version = drafting.begin_change(activity=activity, by=make_person(), at=at)
    drafting.save_draft(version=version, content=make_content(**values), by=make_person(), at=at)
    if publish:
        version = drafting.submit(version=version, by=make_person(), at=at)
        publishing.publish(version=version, by=make_secretariat(), at=at)
    version.refresh_from_db()
    return version


def add_photograph(activity, *, approved=True, digest="0"):
    photograph = Photograph(
        activity=activity,
        digest=digest * 64,
        width=64,
        height=48,
        alternatives={"en": "Pupils around a well."},
        credit="A. Person",
        consent_at=AT,
        added_at=AT,
        approved_at=AT if approved else None,
    )
    photograph.file.save("well.jpg", ContentFile(picture_file()))
    return photograph


def test_the_page_says_it_in_sentences_and_shows_everything(client):
    make_organization()
    activity = make_activity(**FULL)

    told = words(client.get(activity.get_absolute_url()))

    for part in (
        "A project; the organization is not known. Running from 2021 to May 2027. Where: Kenya.",
        "Maps the wells of village schools and tells when one runs dry.",
        "Suggested by the platform, accepted by a person: C7.4 Name of C7.4",
        "4 SDG4 Name of SDG4",
        "Name of GDC-11a",
        "Name of target-group:women",
        "Technologies SMS",
        "Success story A well ran dry and was repaired on Monday.",
        "Result: Wells mapped 1,240 wells 2024",
        "Beneficiaries: Pupils not known not known",
        "Partners Wells Union Pump &lt;b&gt;Makers",
        "Links The map",
        "How it came in Typed on this site.",
        "Published 1 January 2026 Last confirmed 1 January 2026 Not known Organization",
        "Version 1 published on 1 January 2026 what the register says now",
    ):
        assert part in told


def test_an_organization_is_the_directory_s_record_after_a_merge_too(client):
    make_organization()
    activity = make_activity(**UNION)
    kept = make_organization("wells-house", "Wells House")
    # What following a merge of organizations does (actions.merging.move_activities).
    Activity.objects.filter(pk=activity.pk).update(organization=kept)

    page = client.get(activity.get_absolute_url()).content.decode()

    assert 'A project of <a href="/organizations/wells-house">Wells House</a>.' in page


def test_a_stale_entry_says_so(client):
    stale = make_activity(at=timezone.now() - timedelta(days=800))
    fresh = make_activity(title="Fresh", at=timezone.now())

    assert "Not confirmed for two years" in words(client.get(stale.get_absolute_url()))
    assert "Not confirmed for two years" not in words(client.get(fresh.get_absolute_url()))


def test_the_person_who_typed_it_and_the_contact_never_show(client):
    person = make_person("typist@example.org", name="Typing Person")
    activity = make_activity(by=person)
    ActivityContact.objects.create(
        activity=activity, name="Contact Person", email="contact@example.org", phone="+100"
    )

    for address in (
        activity.get_absolute_url(),
        f"{activity.get_absolute_url()}.jsonld",
        f"{activity.get_absolute_url()}/versions/1",
    ):
        page = client.get(address).content.decode()
        for private in ("Typing Person", "typist@", "Contact Person", "contact@", "+100"):
            assert private not in page


def test_the_source_of_an_import_is_named(client):
    activity = make_activity()
    Activity.objects.filter(pk=activity.pk).update(
        source_name="Prize nominees", source_key="N-12", source_link="https://example.org/n12"
    )

    page = client.get(activity.get_absolute_url()).content.decode()

    assert '<a href="https://example.org/n12" rel="noopener nofollow">' in page
    assert "Prize nominees" in page
    assert "N-12" in page


TRANSLATED = {"translations": {"ar": Translation("آبار القرى", "يرسم خرائط آبار المدارس.")}}


def test_a_translation_is_shown_in_its_direction_and_the_original_is_a_link(client):
    address = make_activity(**TRANSLATED).get_absolute_url()

    own = client.get(address).content.decode()
    asked = client.get(f"{address}?lang=ar").content.decode()
    reader = client.get(f"/ar{address}").content.decode()
    unknown = client.get(f"{address}?lang=xx").content.decode()

    assert '<h1 lang="en" dir="ltr">School wells online</h1>' in own
    assert '<a href="?lang=ar" hreflang="ar">Arabic</a>' in own
    for page in (asked, reader):
        assert '<h1 lang="ar" dir="rtl">آبار القرى</h1>' in page
        assert '<div class="text" lang="ar" dir="rtl"><p>يرسم خرائط آبار المدارس.</p>' in page
    assert '<a href="?lang=en" hreflang="en">English</a>' in asked
    assert '<h1 lang="en" dir="ltr">School wells online</h1>' in unknown


def test_linked_data_is_a_block_that_no_text_can_end(client):
    hostile = "</script><script>alert(1)</script> & <!--"
    make_organization()
    activity = make_activity(title=hostile, description=hostile, **UNION)

    page = client.get(activity.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    served = client.get(f"{activity.get_absolute_url()}.jsonld")

    assert page.count("<script") == 1
    assert json.loads(blocks[0]) == served.json()
    assert served.headers["Content-Type"] == "application/ld+json"
    assert served.json() == {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": f"http://testserver/activities/{activity.pk}",
        "url": f"http://testserver/activities/{activity.pk}",
        "identifier": str(activity.pk),
        "name": hostile,
        "description": hostile,
        "parentOrganization": {
            "@type": "Organization",
            "@id": "http://testserver/organizations/wells-union",
            "name": "Wells Union",
            "url": "http://testserver/organizations/wells-union",
        },
        "areaServed": [{"@type": "Country", "name": "Kenya", "identifier": "KEN"}],
        "foundingDate": "2021",
        "keywords": [
            {
                "@type": "DefinedTerm",
                "@id": f"http://testserver{address}",
                "termCode": code,
                "name": f"Name of {code}",
            }
            for code, address in (("C7.4", "/action-lines/C7.4"), ("SDG4", "/sdgs/4"))
        ],
    }


def test_linked_data_has_one_identifier_in_every_language(client):
    activity = make_activity(kind="conference", ends="2022-05")

    data = client.get(f"/ar{activity.get_absolute_url()}.jsonld").json()

    assert data["@id"] == f"http://testserver/activities/{activity.pk}"
    assert (data["@type"], data["startDate"], data["endDate"]) == ("Event", "2021", "2022-05")
    assert data["about"][0]["@id"] == "http://testserver/action-lines/C7.4"


def test_follow_up_reports_show_when_they_are_published(client):
    activity = make_activity()
    values = {"activity": activity, "by": make_person(), "at": LATER, "year": 2026}
    shown = following.report(
        token="a",
        text="Ten more wells.",
        results=[{"kind": "result", "text": "Wells", "value": "10"}],
        **values,
    )
    following.report(token="b", text="Not decided yet.", **values)
    following.decide_follow_up(follow_up=shown, publish=True, by=make_secretariat(), at=LATER)

    told = words(client.get(activity.get_absolute_url()))

    assert "What became of it 2026 Ten more wells. What Figure" in told
    assert "Result: Wells 10 not known" in told
    assert "Not decided yet." not in told


# Who sees what


def visitors():
    """Return (client's account, whether they keep the activities) of each kind of visitor."""
    organization = make_organization()
    suspended = make_person("suspended@example.org", suspended_at=AT)
    return [
        ("anonymous", None, False),
        ("stranger", make_person("stranger@example.org"), False),
        ("suspended", suspended, False),
        ("author", make_person(), True),
        ("focal point", make_focal_point(organization), True),
        ("secretariat", make_secretariat(), True),
    ]


def statuses(client, address):
    found = {}
    for name, account, _keeps in visitors():
        client.logout()
        if account is not None:
            client.force_login(account)
        found[name] = client.get(address).status_code
    return found


def expected(*, others, keepers):
    return {name: keepers if keeps else others for name, _account, keeps in visitors()}


@pytest.mark.parametrize("end", ["", ".jsonld", "/versions/1"])
def test_a_draft_is_its_keepers_alone(client, end):
    make_organization()
    draft = make_draft(**UNION).activity

    found = statuses(client, f"{draft.get_absolute_url()}{end}")

    assert found == expected(others=404, keepers=200)


@pytest.mark.parametrize(("end", "keepers"), [("", 410), (".jsonld", 200), ("/versions/1", 200)])
def test_what_was_withdrawn_is_gone_and_its_words_are_its_keepers_alone(client, end, keepers):
    make_organization()
    withdrawn = make_withdrawn(description="Taken back words.", **UNION)
    address = f"{withdrawn.get_absolute_url()}{end}"

    page = client.get(address)

    assert "Taken back words." not in page.content.decode()
    assert "Ended." in words(page)
    assert "1 January 2026" in words(page)
    assert statuses(client, address) == expected(others=410, keepers=keepers)


def test_what_was_merged_leads_on_and_keeps_its_versions(client):
    kept, duplicate = make_activity(title="Kept"), make_activity(title="Duplicate")
    merging.merge(source=duplicate, target=kept, by=make_secretariat(), at=LATER)

    page = client.get(duplicate.get_absolute_url())
    data = client.get(f"{duplicate.get_absolute_url()}.jsonld")
    version = client.get(f"{duplicate.get_absolute_url()}/versions/1")

    assert (page.status_code, page.headers["Location"]) == (301, kept.get_absolute_url())
    assert (data.status_code, data.headers["Location"]) == (
        301,
        f"{kept.get_absolute_url()}.jsonld",
    )
    assert version.status_code == 200
    assert "This entry was merged into another." in words(version)
    assert (
        f'href="{duplicate.get_absolute_url()}/versions/1"'
        in client.get(kept.get_absolute_url()).content.decode()
    )


def test_a_change_that_waits_is_its_keepers_alone(client):
    make_organization()
    activity = make_activity(**UNION)
    change(activity, title="Secret change", publish=False, **UNION)

    assert statuses(client, f"{activity.get_absolute_url()}/versions/2") == expected(
        others=404, keepers=200
    )
    client.logout()
    for end in ("", ".jsonld", "/versions/1", "/versions/1?against=2"):
        page = client.get(f"{activity.get_absolute_url()}{end}")
        assert "Secret change" not in page.content.decode()
    client.force_login(make_person())
    assert "A change is under way: version 2 (Draft)." in words(
        client.get(activity.get_absolute_url())
    )


def test_keepers_find_what_they_may_do(client):
    activity = make_activity()
    address = activity.get_absolute_url()
    client.force_login(make_person())

    page = client.get(address).content.decode()
    client.logout()
    public = client.get(address).content.decode()

    for act in ("edit", "confirm", "follow-up", "withdraw"):
        assert f'href="{address}/{act}"' in page
        assert f'href="{address}/{act}"' not in public


# Versions


def test_a_version_shows_what_changed_to_the_word(client):
    activity = make_activity()
    change(activity, title="School wells, mapped", countries=("KEN", "NAM"), action_lines=())

    page = client.get(f"{activity.get_absolute_url()}/versions/2")
    text = page.content.decode()

    assert "What changed against version 1" in text
    assert "School <del>wells online</del></p>" in text
    assert "School <ins>wells, mapped</ins></p>" in text
    assert "<ins><bdi>Namibia</bdi></ins>" in text
    assert "<del><bdi>C7.4 Name of C7.4</bdi></del>" in text
    assert "This is what the register says now." in words(page)


def test_the_first_version_is_compared_with_nothing_unless_asked(client):
    activity = make_activity()
    change(activity, title="Second")

    first = client.get(f"{activity.get_absolute_url()}/versions/1")
    asked = client.get(f"{activity.get_absolute_url()}/versions/1?against=2")
    odd = client.get(f"{activity.get_absolute_url()}/versions/1?against=١")

    assert "What changed" not in words(first)
    assert "This is an earlier version." in words(first)
    assert "What changed against version 2" in words(asked)
    assert odd.status_code == 200
    assert client.get(f"{activity.get_absolute_url()}/versions/3").status_code == 404


# Photographs


def test_a_photograph_is_sized_described_and_credited(client, media):
    activity = make_activity()
    photograph = add_photograph(activity)
    waiting = add_photograph(activity, approved=False, digest="1")

    page = client.get(activity.get_absolute_url()).content.decode()

    assert (
        f'<img src="{photograph.get_absolute_url()}" alt="Pupils around a well." width="64"'
        ' height="48" loading="lazy">'
    ) in page
    assert "Photograph: <bdi>A. Person</bdi>" in page
    assert waiting.get_absolute_url() not in page


def test_a_photograph_s_file_is_cached_and_never_guessed(client, media):
    photograph = add_photograph(make_activity())

    response = client.get(photograph.get_absolute_url())

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    again = client.get(
        photograph.get_absolute_url(), headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("state", ["draft", "withdrawn", "waiting"])
def test_a_photograph_that_is_not_public_is_its_keepers_alone(client, media, state):
    make_organization()
    made = {
        "draft": lambda: make_draft(**UNION).activity,
        "withdrawn": lambda: make_withdrawn(**UNION),
        "waiting": lambda: make_activity(**UNION),
    }[state]()
    photograph = add_photograph(made, approved=state != "waiting")

    assert statuses(client, photograph.get_absolute_url()) == expected(others=404, keepers=200)


# What it costs


def test_the_page_costs_the_same_with_one_and_with_three_of_each(client, media):
    make_organization()

    def make(number):
        activity = make_activity(
            title=f"With {number}",
            partners=tuple(Partner(f"Partner {place}") for place in range(number)),
            countries=("KEN", "NAM")[:number],
            action_lines=("C3", "C4", "C7.4")[:number],
            results=tuple(Result("result", str(place), "1") for place in range(number)),
            **UNION,
        )
        for place in range(number):
            add_photograph(activity, digest=str(place))
            follow_up = following.report(
                activity=activity,
                token=f"{number}-{place}",
                year=2026,
                text="More.",
                by=make_person(),
                at=LATER,
            )
            following.decide_follow_up(
                follow_up=follow_up, publish=True, by=make_secretariat(), at=LATER
            )
            duplicate = make_activity(title="Duplicate")
            merging.merge(source=duplicate, target=activity, by=make_secretariat(), at=LATER)
        for place in range(1, number):
            change(activity, title=f"Version {place}", **UNION)
        return activity

    costs = []
    for activity in (make(1), make(3)):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(activity.get_absolute_url()).status_code == 200
        costs.append(len(captured))

    assert costs[0] == costs[1]
    assert costs[1] <= 9
