from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.translation import override

from rapporteur.common.addresses import address_of
from rapporteur.site.templatetags import rapporteur as tags
from rapporteur.site.templatetags.rapporteur import dot, number, words_date


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 1234567, "1,234,567"),
        ("fr", 1234567, "1\u202f234\u202f567"),
        ("es", 1234567, "1.234.567"),
        ("ar", 1234567, "1,234,567"),
        ("en", 0, "0"),
        ("en", None, "not known"),
    ],
)
def test_number(language, value, shown):
    with override(language):
        assert number(value) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "23 July 2024"), ("fr", "23 juillet 2024"), ("zh-hans", "2024年7月23日")],
)
def test_words_date(language, shown):
    with override(language):
        assert words_date(date(2024, 7, 23)) == f'<time datetime="2024-07-23">{shown}</time>'


def test_date_that_is_not_known_says_so():
    assert words_date(None) == "not known"


def test_moment_is_shown_as_its_day():
    shown = words_date(datetime(2024, 7, 23, 23, 30, tzinfo=UTC))
    assert 'datetime="2024-07-23"' in shown


@pytest.mark.parametrize(("count", "step"), [(1, 1), (2, 2), (3, 2), (8, 3), (50, 4), (500, 5)])
def test_dot_grows_with_the_count_and_says_it(count, step):
    assert f'class="dot dot-{step}"' in dot(count)
    assert f">{count}</span>" in dot(count)


def test_ring_and_dash_say_what_they_mean():
    assert "nothing known" in dot(0)
    assert "nothing known" in dot(None)
    assert 'title="not applicable"' in dot(3, applies=False)


def test_page_query_changes_one_value_and_keeps_the_others():
    template = engines["django"].from_string("{% page_query page=2 sort=None %}")
    request = RequestFactory().get("/x?q=a%20b&sort=name&topic=C1&topic=C2")

    assert template.render({"request": request}) == "?q=a+b&amp;topic=C1&amp;topic=C2&amp;page=2"


def template_of(source):
    return engines["django"].from_string(source)


def test_kept_part_is_written_once_for_each_language_and_value():
    source = template_of(
        "{% kept place %}{{ place }} {{ count }} {% translate 'Search' %}{% endkept %}"
    )

    def write(place, count):
        return source.render({"place": place, "count": count})

    assert write("here", 1) == "here 1 Search"
    assert write("here", 2) == "here 1 Search"
    assert write("there", 3) == "there 3 Search"
    with translation.override("fr"):
        assert write("here", 4) == f"here 4 {translation.gettext('Search')}"
        assert translation.gettext("Search") != "Search"


def test_kept_parts_do_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(tags, "MOST_KEPT", 1)
    source = template_of("{% kept place %}{{ count }}{% endkept %}")

    assert source.render({"place": "a", "count": 1}) == "1"
    assert source.render({"place": "b", "count": 2}) == "2"
    assert source.render({"place": "b", "count": 3}) == "3"


def test_texts_follow_the_language_of_each_reader():
    source = template_of("{% translate 'Search' %} {% translate word %}")

    assert source.render({"word": "Home"}) == "Search Home"
    with translation.override("es"):
        words = [translation.gettext(word) for word in ("Search", "Home")]
        assert source.render({"word": "Home"}) == " ".join(words)
        assert words != ["Search", "Home"]


def test_addresses_follow_the_language_of_each_reader():
    source = template_of("{% url 'about' %} {% url 'about' as found %}{{ found }}")

    assert source.render() == "/about /about"
    with translation.override("ar"):
        assert source.render() == "/ar/about /ar/about"


def test_address_that_does_not_exist_is_an_error_or_empty():
    assert template_of("{% url 'no-such-page' as found %}[{{ found }}]").render() == "[]"
    with pytest.raises(NoReverseMatch, match="no-such-page"):
        template_of("{% url 'no-such-page' %}").render()
    with pytest.raises(NoReverseMatch, match="directory:organization"):
        address_of("directory:organization")
