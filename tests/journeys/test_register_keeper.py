"""A newcomer registers an activity, loses the session, comes back; the secretariat publishes it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from rapporteur.operations.addresses import confirm_email
from rapporteur.register.models import Activity, Version
from tests.factories.register import make_activity, make_person, make_secretariat
from tests.factories.register_pictures import picture, picture_file
from tests.journeys.browser import DESK, PHONE, check_accessibility, check_width

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "keeping-the-register-1"


@pytest.fixture
def framework(settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.MEDIA_ROOT = tmp_path / "files"
    call_command("framework", "load", verbosity=0)
    call_command("search", "rebuild", verbosity=0)


@pytest.fixture
def keeper(framework):
    person = make_person()
    confirm_email(person)
    return person


def sign_in(page, email, prefix=""):
    if "/login" not in page.url:
        page.goto(f"{prefix}/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def go_on(page):
    page.locator("#step-form button.main-act").click()


def looked_at(page):
    check_accessibility(page)
    check_width(page)


@pytest.mark.parametrize(
    ("options", "prefix"),
    [
        ({"viewport": DESK}, ""),
        ({"viewport": PHONE, "java_script_enabled": False}, "/fr"),
    ],
    ids=["desk with script", "phone without script"],
)
def test_from_the_start_to_publication(new_page, live_server, keeper, options, prefix):
    script = options.get("java_script_enabled", True)
    page = new_page(**options)
    sign_in(page, keeper.email, prefix)
    page.goto(f"{prefix}/activities/new")
    page.locator("main form button.main-act").click()
    page.wait_for_url("**/edit/text")
    page.fill("#id_title", "Telemedicine for village clinics")
    page.fill("#id_description", "Doctors examine patients of rural clinics over video.")
    page.select_option("#id_language", "en")
    if script:
        page.locator("#suggestions input[value='C7.4']").check()
        looked_at(page)
    else:
        page.locator("button[value=suggest]").click()
        page.locator("#suggestions input[value='C7.4']").check()
    go_on(page)
    page.wait_for_url("**/edit/organization")
    page.fill("#id_organization", "Village Clinic Network")
    go_on(page)
    page.locator("input[name=organization_is][value=propose]").check()
    if script:
        looked_at(page)
    go_on(page)
    page.wait_for_url("**/edit/place")
    page.check("input[name=kind][value=project]")
    page.fill("#id_starts", "2019-13")
    page.check("input[name=coverage][value=countries]")
    page.fill("#id_countries-0-country", "Kenya")
    go_on(page)
    assert page.locator(".error-summary a").get_attribute("href") == "#id_starts"
    if script:
        looked_at(page)
    page.fill("#id_starts", "2019-03")
    go_on(page)
    page.wait_for_url("**/edit/labels")
    assert page.locator("#action_lines-C7\\.4").is_checked()
    if script:
        looked_at(page)
    go_on(page)
    page.wait_for_url("**/edit/results")
    page.fill("#id_results-0-text", "Patients")
    page.fill("#id_results-0-value", "1250")
    page.locator("button[value=more-results]").click()
    page.wait_for_url("**/edit/results#row-results-1")
    page.fill("#id_results-1-text", "Clinics")
    go_on(page)
    page.wait_for_url("**/edit/contact")
    page.fill("#id_email", "ask@example.org")
    page.locator("button[value=photograph]").click()
    page.wait_for_url("**/photographs/add")
    page.set_input_files(
        "input[type=file]",
        {"name": "clinic.jpg", "mimeType": "image/jpeg", "buffer": picture_file(image=picture())},
    )
    page.locator("input[name^=alternative_]").first.fill("A clinic.")
    page.check("input[name=consent]")
    if script:
        looked_at(page)
    page.locator("main form button.main-act").click()
    page.wait_for_url("**/edit/contact")
    assert page.locator("ul.photographs img").count() == 1
    go_on(page)
    page.wait_for_url("**/edit/story")
    go_on(page)
    page.wait_for_url("**/check")
    if script:
        looked_at(page)
    page.locator("form[action$='/send'] button.main-act").click()
    page.wait_for_url("**/receipt")
    activity = Activity.objects.get()
    assert f"{activity.pk}-1" in page.locator(".receipt").inner_text()
    if script:
        looked_at(page)

    desk = new_page(viewport=DESK)
    client = Client()
    client.force_login(make_secretariat())
    desk.context.add_cookies(
        [{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}]
    )
    desk.goto("/desk/register")
    desk.get_by_role("link", name="Telemedicine for village clinics").click()
    looked_at(desk)
    desk.get_by_role("button", name="Publish it").click()
    desk.wait_for_url("**/desk/register")
    activity.refresh_from_db()
    assert activity.state == "published"
    assert activity.labels.get(concept__code="C7.4").given_by == "suggestion"
    assert activity.photographs.get().approved_at is not None


def test_a_likely_duplicate_shows_while_somebody_types(new_page, keeper):
    make_activity(title="Telemedicine for village clinics of the lake district")
    call_command("search", "rebuild", verbosity=0)
    page = new_page(viewport=DESK)
    sign_in(page, keeper.email)
    page.goto("/activities/new")
    page.get_by_role("button", name="Begin").click()

    page.fill("#id_title", "Telemedicine for clinics in the lake district")
    page.fill("#id_description", "In villages.")

    page.locator("#suggestions").get_by_role(
        "link", name="Telemedicine for village clinics of the lake district"
    ).wait_for()


def test_an_ended_session_loses_no_word(new_page, keeper):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(page, keeper.email)
    page.goto("/activities/new")
    page.locator("main form button.main-act").click()
    page.wait_for_url("**/edit/text")
    page.fill("#id_title", "Typed for an hour")
    page.fill("#id_description", "Long words.\nTwo lines.")
    page.context.clear_cookies(name="session")

    go_on(page)
    page.wait_for_url("**/account/login/**")
    assert Version.objects.get().content == {}
    sign_in(page, keeper.email)

    page.wait_for_url("**/edit/text")
    assert page.input_value("#id_title") == "Typed for an hour"
    assert page.input_value("#id_description") == "Long words.\nTwo lines."
    go_on(page)
    page.wait_for_url("**/edit/organization")
    assert Version.objects.get().says.description == "Long words.\nTwo lines."


def test_back_and_twice_do_no_harm(new_page, keeper):
    page = new_page(viewport=DESK)
    sign_in(page, keeper.email)
    page.goto("/activities/new")
    page.get_by_role("button", name="Begin").dblclick()
    page.wait_for_url("**/edit/text")
    page.fill("#id_title", "First words")
    go_on(page)
    page.wait_for_url("**/edit/organization")
    page.go_back()
    page.wait_for_url("**/edit/text")
    page.fill("#id_title", "Second words")
    go_on(page)
    page.wait_for_load_state()

    # Whether the browser shows the page kept or loaded anew, no word is lost.
    if page.locator("[role=alert]").count():
        assert page.input_value("#id_title") == "Second words"
        go_on(page)
    page.wait_for_url("**/edit/organization")
    assert Version.objects.get().says.title == "Second words"


def test_the_keyboard_reaches_everything_and_enter_goes_on(new_page, keeper):
    page = new_page(viewport=DESK)
    sign_in(page, keeper.email)
    page.goto("/activities/new")
    page.get_by_role("button", name="Begin").press("Enter")
    page.wait_for_url("**/edit/text")
    page.focus("#id_title")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")

    page.wait_for_url("**/edit/organization")
    assert Version.objects.get().says.title == "By keyboard"
