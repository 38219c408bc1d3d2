"""The outlines that the package ships, and what a faulty one is told."""

import pytest

from rapporteur.reports.outlines import FaultyOutline, outlines, read_outline

LANGUAGES = {"ar", "zh-hans", "en", "fr", "ru", "es"}
ACTION_LINES = [f"C{n}" for n in range(1, 12)]
APPLICATIONS = [f"C7.{n}" for n in range(1, 9)]


def test_the_progress_report_holds_every_line_application_theme_and_region():
    outline = outlines()["progress-report"]
    assert outline.limit == 8500
    assert [section.key for section in outline.sections] == [
        "key-trends",
        "regional",
        "international",
        "findings",
    ]
    by_kind = {
        kind: [section.concepts[0] for section in outline.walk() if section.kind == kind]
        for kind in ("action-line", "application", "theme", "region")
    }
    assert by_kind == {
        "action-line": ACTION_LINES,
        "application": APPLICATIONS,
        "theme": ["theme:financing", "theme:internet-governance", "theme:measuring"],
        "region": [
            "region:africa",
            "region:asia-pacific",
            "region:western-asia",
            "region:europe",
            "region:latin-america",
        ],
    }
    labels = [section.label for section in outline.walk() if section.kind == "action-line"]
    assert labels == [f"({letter})" for letter in "abcdefghijk"]
    e_health = next(section for section in outline.walk() if section.key == "c7-4")
    assert e_health.path == ("III", "F", "1", "(g)", "E-health")


def test_its_own_headings_stand_in_six_languages_and_others_have_the_name_of_their_concept():
    outline = outlines()["progress-report"]
    for section in outline.walk():
        assert set(section.titles) in (LANGUAGES, set()), section.key
        assert section.titles or section.kind in ("action-line", "application")
    c2 = next(section for section in outline.walk() if section.key == "c2")
    assert c2.title({}) == "Information and communication infrastructure (C2)"
    assert c2.title({"C2": "Infrastructures"}) == "Infrastructures (C2)"


GOOD = "code: a\nlimit: 9\ntitles: {en: A}\nnames: {en: A}\nsections: "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "needs code, limit"),
        ("code: a", "needs limit, titles, names, sections"),
        ("a: [", "not YAML"),
        ("code: A b\nlimit: 9\ntitles: {}\nnames: {}\nsections: []", "the code is lower-case"),
        ("code: a\nlimit: x\ntitles: {}\nnames: {}\nsections: []", "the limit is a whole number"),
        (GOOD + "[{label: I}]", "a section needs a key"),
        (GOOD + "[{key: x}]", "section x: needs an English title"),
        (GOOD + "[{key: x, titles: {en: X}, colour: red}]", "section x: unknown colour"),
        (GOOD + "[{key: x, titles: {en: X}, kind: wish}]", "section x: kind is one of"),
        (GOOD + "[{key: x, titles: {en: X}}, {key: x, titles: {en: Y}}]", "key used twice: x"),
        (
            GOOD + "[{key: x, name: X, concepts: [C1]}, {key: y, name: Y, concepts: [C1]}]",
            "concept used twice: C1",
        ),
    ],
)
def test_a_faulty_outline_names_its_place_and_fault(text, message):
    with pytest.raises(FaultyOutline, match=message):
        read_outline(text)
