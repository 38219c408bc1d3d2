import pytest

from rapporteur.analysis.publications import find_publications


def test_italics_are_titles():
    text = "The Agency, in State of the Networks 2030, and the Bank, in Lending Report, agreed."

    assert find_publications(text, italics=["State of the Networks 2030", "Lending Report"]) == [
        "State of the Networks 2030",
        "Lending Report",
    ]


def test_markdown_and_html_marks_are_read_where_no_italics_are_passed():
    text = (
        "In *Digital Futures: A Guide*, <em>Open Data Handbook</em> and _Global Skills Review_ it"
    )

    assert find_publications(text) == [
        "Digital Futures: A Guide",
        "Open Data Handbook",
        "Global Skills Review",
    ]


def test_foreign_words_are_no_titles():
    assert find_publications("noting, *inter alia*, and *mutatis mutandis*") == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("issued a report entitled “Bridging the last mile”, in May", ["Bridging the last mile"]),
        ('a position paper titled "Equality in the network"', ["Equality in the network"]),
        ("its report, “Skills for all”, found", ["Skills for all"]),
        ("a session entitled “Bridging the last mile” was held", []),
        ("held under the theme “Skills for all”", []),
        ("resolution 70/1 of 25 September 2015, entitled “Transforming our world”,", []),
        ("the word “access” means", []),
        ("It issued Network Readiness Index 2031, detailing", ["Network Readiness Index 2031"]),
        ("The annual report of 2031", []),
    ],
)
def test_quoted_and_capitalised_titles(text, titles):
    assert find_publications(text, italics=[]) == titles


def test_find_publications_is_linear():
    for piece in ("*a", "“a", "entitled ", "Report 2024 ", "A ", "‘"):
        find_publications(piece * 60_000)
