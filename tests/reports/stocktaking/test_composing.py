"""The sentences, tables and charts of a report, for none, one and many entries. No database."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.translation import override

from rapporteur.analysis.charts import Bar, Bars, SmallMultiples, Timeline
from rapporteur.reports.stocktaking.breakdowns import Labels
from rapporteur.reports.stocktaking.composing import compose
from rapporteur.reports.stocktaking.counting import Scope, Story, Tallies
from rapporteur.reports.stocktaking.outline import register_outline
from rapporteur.reports.stocktaking.report import Drawing, Paragraph, Share, Table, ToldStory
from tests.reports.stocktaking.conftest import moment

LABELS = Labels(
    facets={
        "action-line": {"C3": "C3 Access", "C7": "C7 Applications (none named)", "C7.4": "C7.4 E"},
        "sdg": {"SDG4": "SDG4 Education"},
        "region": {"region:africa": "Africa", "region:europe": "Europe"},
        "itu-region": {"itu-region:africa": "Africa"},
        "stakeholder-group": {"stakeholder:governments": "Governments"},
    },
    countries={"KEN": "Kenya", "NAM": "Namibia"},
    seldom=frozenset({"C7"}),
)


def made(tallies, *, year=2025, as_of=date(2025, 12, 31), **values):
    return compose(register_outline(), Scope(year), tallies, LABELS, as_of=as_of, **values)


def blocks(report, key):
    return next(section.blocks for section in report.sections if section.key == key)


def sentences(report, key):
    return [block.text for block in blocks(report, key) if isinstance(block, Paragraph)]


def many() -> Tallies:
    found = Tallies(live=1200, before=1000, updated=2, confirmed=1, withdrawn=0, story_count=30)
    found.standing.update(verified=1000, unconfirmed=150, stale=50)
    found.entered.update({2023: 1000, 2025: 200})
    found.now["action-line"].update({"C3": 600, "C7.4": 1})
    found.earlier["action-line"].update({"C3": 500})
    found.named["action-line"] = 601
    found.began[""][""].update({2011: 1, 2024: 5, 2030: 1})
    found.began["action-line"]["C3"].update({2024: 5})
    found.gaps.update(starts=3, sdgs=1200)
    found.stories = [
        Story(7, 2, "Radio", "ITU", ("KEN", "NAM"), ("C3",), "en", "Told.", moment(2024)),
        Story(8, 1, "Wells", "", (), (), "fr", "Raconté.", moment(2023)),
    ]
    return found


def test_no_entry_is_said_in_words():
    report = made(Tallies(withdrawn=None), words=("“radio”",), query="?q=radio")
    assert sentences(report, "overview") == [
        "On 31 December 2025 the register held no entry of this report."
    ]
    assert sentences(report, "changes") == [
        "No entry was published in 2025.",
        "No entry was published before 2025, so there is nothing to compare with.",
        "How many of these entries left the register in 2025 is not known: what was withdrawn has "
        "no labels to be found under.",
    ]
    assert sentences(report, "action-lines") == ["No entry says anything here."]
    assert sentences(report, "trends") == ["No entry says that it began in these years."]
    assert sentences(report, "stories") == ["No entry of this report tells a success story."]
    assert sentences(report, "gaps") == ["No entry of this report has a gap."]
    assert not report.drawings
    assert "It takes in only the entries that the register finds under: “radio”." in sentences(
        report, "method"
    )
    assert report.subtitle == "The register on 31 December 2025: “radio”"


def test_one_entry_is_said_in_the_singular():
    found = Tallies(live=1, before=0, confirmed=1, withdrawn=1, story_count=1)
    found.standing["verified"] = 1
    found.entered[2025] = 1
    found.stories = [Story(7, 2, "Radio", "", (), (), "en", "Told.", moment(2025))]
    report = made(found)
    assert sentences(report, "overview")[0] == "On 31 December 2025 the register held 1 entry."
    assert sentences(report, "changes") == [
        "1 entry is new: it was published in 2025.",
        "No entry was published before 2025, so there is nothing to compare with.",
        "1 entry was confirmed since the beginning of 2025.",
        "1 entry left the register in 2025: withdrawn, or merged into another.",
    ]
    assert not [block for block in blocks(report, "changes") if isinstance(block, Table)]
    assert sentences(report, "stories") == [
        "1 entry tells a success story, in the words of those who keep it."
    ]


def test_many_entries_are_said_with_their_changes():
    report = made(many())
    assert sentences(report, "overview") == [
        "On 31 December 2025 the register held 1,200 entries.",
        "Confirmed in the two years before that day, or since: 1,000. Not confirmed yet: 150. Not "
        "confirmed for two years: 50.",
    ]
    assert sentences(report, "changes") == [
        "200 entries are new: they were published in 2025.",
        "1,000 entries were published before 2025.",
        "Of what was published before 2025, 2 entries were changed since then.",
        "1 entry was confirmed since the beginning of 2025.",
        "No entry left the register in 2025.",
    ]
    (table,) = (block for block in blocks(report, "changes") if isinstance(block, Table))
    assert table == Table(
        "What changed by action line, 31 December 2024 to 31 December 2025",
        ("Action line", "2024", "New", "2025"),
        (("C3 Access", 500, 100, 600), ("C7.4 E", 0, 1, 1)),
    )


def test_the_running_year_is_told_as_of_today():
    report = made(many(), year=2026, as_of=date(2026, 11, 29))
    assert report.subtitle == "The register on 29 November 2026"
    assert sentences(report, "overview")[1].startswith(
        "Confirmed in the two years before that day: 1,000."
    )


def test_the_entries_of_a_region_are_called_those_of_the_report():
    report = made(many(), words=("Africa",), query="?region=region%3Aafrica")
    first = blocks(report, "overview")[0]
    assert first.text == "On 31 December 2025 the register held 1,200 entries of this report."
    assert first.link == "/activities?region=region%3Aafrica"


def test_a_breakdown_has_sentences_bars_and_a_table():
    report = made(many())
    assert sentences(report, "action-lines") == [
        "Named most often: C3 Access (600) and C7.4 E (1).",
        "599 entries name no action line.",
    ]
    drawing = report.drawings["action-lines"]
    assert drawing.spec == Bars(
        title="Entries by action line",
        item="Action line",
        measure="Entries",
        rows=(Bar("C3 Access", 600, note="50%"), Bar("C7.4 E", 1, note="0.1%")),
    )
    assert drawing.table == Table(
        "Entries by action line",
        ("Action line", "Entries", "Share of entries"),
        (("C3 Access", 600, Share(50.0)), ("C7.4 E", 1, Share(0.1))),
    )
    assert drawing.table.written == [["C3 Access", "600", "50%"], ["C7.4 E", "1", "0.1%"]]


def test_c7_alone_is_shown_where_an_entry_names_it_alone():
    found = many()
    found.now["action-line"]["C7"] = 2
    rows = made(found).drawings["action-lines"].table.rows
    assert [row[:2] for row in rows] == [
        ("C3 Access", 600),
        ("C7 Applications (none named)", 2),
        ("C7.4 E", 1),
    ]


def test_what_nobody_names_is_told():
    found = many()
    del found.now["action-line"]["C7.4"]
    assert "Named by no entry: C7.4 E." in sentences(made(found), "action-lines")


def test_trends_are_of_fifteen_years_and_draw_only_what_began_in_them():
    report = made(many())
    began = report.drawings["began"]
    assert isinstance(began.spec, Timeline)
    assert began.table.rows == (
        *((str(year), int(year == 2011)) for year in range(2011, 2024)),
        ("2024", 5),
        ("2025", 0),
    )
    lines = report.drawings["began-action-line"]
    assert isinstance(lines.spec, SmallMultiples)
    assert lines.table.columns == ("Action line", *map(str, range(2011, 2026)))
    assert lines.table.rows == (("C3 Access", *[0] * 13, 5, 0),)
    assert set(report.drawings) == {"entered", "action-lines", "began", "began-action-line"}
    assert report.drawings["entered"].table.rows == (("2023", 1000), ("2024", 0), ("2025", 200))


def test_a_story_names_entry_and_version_and_leads_there():
    report = made(many())
    told = [block for block in blocks(report, "stories") if isinstance(block, ToldStory)]
    assert [(story.facts, story.source, story.link) for story in told] == [
        ("ITU · Kenya and Namibia · C3", "Entry 7, version 2", "/activities/7/versions/2"),
        ("", "Entry 8, version 1", "/activities/8/versions/1"),
    ]
    assert sentences(report, "stories")[1].startswith("Selected by rule are 2: the action lines")


def test_many_countries_of_a_story_are_counted():
    found = many()
    codes = ("KEN", "NAM", "AAA", "BBB", "CCC", "DDD")
    found.stories = [Story(1, 1, "Radio", "", codes, (), "en", "Told.", moment(2024))]
    (story,) = (b for b in blocks(made(found), "stories") if isinstance(b, ToldStory))
    assert story.facts == "Kenya, Namibia, AAA, BBB and 2 more countries"


def test_gaps_are_listed_the_most_frequent_first():
    (table,) = (block for block in blocks(made(many()), "gaps") if isinstance(block, Table))
    assert table.rows == (
        ("Sustainable Development Goals and targets", 1200, Share(100.0)),
        ("Start", 3, Share(0.2)),
    )


def test_paragraphs_and_stories_are_numbered_through():
    report = made(many())
    numbers = [
        block.number
        for _section, block in report.blocks
        if isinstance(block, (Paragraph, ToldStory))
    ]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_chart_has_a_table_of_the_same_figures():
    for drawing in made(many()).drawings.values():
        assert isinstance(drawing, Drawing)
        figures = [cell for row in drawing.table.rows for cell in row[1:] if isinstance(cell, int)]
        if isinstance(drawing.spec, Bars):
            drawn = [row.value for row in drawing.spec.rows]
        else:
            drawn = [value for one in drawing.spec.series for value in one.values.values()]
        assert Counter(figures) == Counter(drawn)


def test_headings_are_in_the_reader_s_language():
    with override("fr"):
        report = made(many())
    assert report.language == "fr"
    assert report.sections[0].title == "Méthode et définitions"
