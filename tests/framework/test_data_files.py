"""The vocabularies shipped with the package: counts, codes, languages, sources, the matrix."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import rapporteur

DATA = Path(rapporteur.__file__).parent / "framework" / "data"
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
# Concepts a scheme; the nineteen action lines are eleven and the eight applications of C7.
COUNTS = {
    "action-lines": 19,
    "sdg": 17 + 169,
    "gdc": 5 + 95,
    "themes": 3,
    "plan-of-action-targets": 10,
    "broadband-targets": 7,
    "stakeholder-groups": 6,
    "target-groups": 12,
    "regions": 5,
    "itu-regions": 6,
    "country-groups": 3,
}
CODES = {
    "action-lines": r"C(?:[1-9]|1[01]|7\.[1-8])",
    "sdg": r"SDG\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?",
    "gdc": r"GDC(?:[1-5]|-\d{2}[a-j]?)",
    "themes": r"theme:(?:financing|internet-governance|measuring)",
    "plan-of-action-targets": r"target:(?:[1-9]|10)",
    "broadband-targets": r"broadband:[1-7]",
    "stakeholder-groups": r"stakeholder:[a-z-]+",
    "target-groups": r"target-group:[a-z-]+",
    "regions": r"region:[a-z-]+",
    "itu-regions": r"itu-region:[a-z-]+",
    "country-groups": r"group:(?:ldc|lldc|sids)",
}
LEAVES = [f"C{n}" for n in range(1, 7)] + [f"C7.{n}" for n in range(1, 9)]
LEAVES += [f"C{n}" for n in range(8, 12)]


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def concepts() -> dict[str, dict[str, str]]:
    return {row["code"]: row for scheme in COUNTS for row in read(scheme)}


def test_every_file_is_a_scheme_or_the_matrix():
    files = {path.stem for path in DATA.glob("*.csv")}

    assert files == {"schemes", "matrix", *COUNTS}
    assert [row["scheme"] for row in read("schemes")] == list(COUNTS)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_file_is_plain_utf8_with_lf_and_cells_without_stray_blanks(path):
    raw = path.read_bytes()
    cells = [cell for row in csv.reader(raw.decode("utf-8").splitlines()) for cell in row]

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert [cell for cell in cells if cell != " ".join(cell.split())] == []


@pytest.mark.parametrize("scheme", COUNTS)
def test_scheme_has_its_concepts_in_order_with_codes_of_its_form(scheme):
    rows = read(scheme)

    assert len(rows) == COUNTS[scheme]
    assert [row["order"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert [row["code"] for row in rows if not re.fullmatch(CODES[scheme], row["code"])] == []


def test_codes_are_unique_over_all_schemes():
    codes = [row["code"] for scheme in COUNTS for row in read(scheme)]

    assert len(codes) == sum(COUNTS.values()) == len(set(codes))


@pytest.mark.parametrize("scheme", COUNTS)
def test_broader_concept_is_of_the_same_scheme(scheme):
    rows = read(scheme)
    codes = {row["code"] for row in rows}

    assert [row["code"] for row in rows if row["broader"] and row["broader"] not in codes] == []


@pytest.mark.parametrize("scheme", COUNTS)
def test_every_concept_has_a_source_and_a_name_in_six_languages(scheme):
    for row in read(scheme):
        assert all(row[f"name_{language}"] for language in LANGUAGES), row["code"]
        assert row["source"], row["code"]
        assert row["source_link"].startswith("https://"), row["code"]
        shorts = [row[f"short_{language}"] for language in LANGUAGES]
        assert all(shorts) or not any(shorts), row["code"]


@pytest.mark.parametrize("scheme", COUNTS)
def test_names_are_in_the_script_of_their_language(scheme):
    for row in read(scheme):
        for language, letters in SCRIPTS.items():
            assert letters.search(row[f"name_{language}"]), (row["code"], language)
        for language in ("en", "fr", "es"):
            name = row[f"name_{language}"]
            assert not any(letters.search(name) for letters in SCRIPTS.values()), row["code"]


def test_schemes_have_titles_in_six_languages_and_a_source():
    for row in read("schemes"):
        assert all(row[f"title_{language}"] for language in LANGUAGES), row["scheme"]
        assert row["source"]
        assert row["source_link"].startswith("https://")
        assert row["description_en"].endswith(".")


def test_applications_stand_in_the_order_of_the_plan_of_action():
    rows = [row for row in read("action-lines") if row["broader"] == "C7"]

    assert [(row["code"], row["short_en"]) for row in rows] == [
        ("C7.1", "E-government"),
        ("C7.2", "E-business"),
        ("C7.3", "E-learning"),
        ("C7.4", "E-health"),
        ("C7.5", "E-employment"),
        ("C7.6", "E-environment"),
        ("C7.7", "E-agriculture"),
        ("C7.8", "E-science"),
    ]


def test_eighteen_action_lines_are_leaves():
    rows = read("action-lines")
    parents = {row["broader"] for row in rows}

    assert [row["code"] for row in rows if row["code"] not in parents] == LEAVES
    assert len(LEAVES) == 18


def test_goals_have_their_targets():
    rows = read("sdg")
    targets = Counter(row["broader"] for row in rows if row["broader"])

    assert [row["code"] for row in rows if not row["broader"]] == [
        f"SDG{number}" for number in range(1, 18)
    ]
    assert [targets[f"SDG{number}"] for number in range(1, 18)] == [
        7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19,
    ]  # fmt: skip
    assert all(row["code"].startswith(f"{row['broader']}.") for row in rows if row["broader"])


def test_compact_has_its_commitments_by_paragraph_and_letter():
    rows = read("gdc")
    lettered = Counter(
        int(match[1])
        for row in rows
        if (match := re.fullmatch(r"GDC-(\d+)([a-j])", row["code"])) is not None
    )
    whole = [int(row["code"][4:]) for row in rows if re.fullmatch(r"GDC-\d+", row["code"])]

    assert lettered == {
        11: 7, 13: 8, 17: 6, 21: 10, 23: 4, 25: 2, 29: 4, 31: 6, 32: 4, 35: 5, 36: 3,
        39: 5, 42: 3, 45: 3, 55: 4, 56: 2,
    }  # fmt: skip
    assert whole == [10, 22, 30, 34, 41, 44, 46, 47, 48, 49, 52, 53, 59, 61, 62, 64, 65, 68, 74]


def test_compact_commitments_name_their_paragraph_and_objective():
    objectives = {10: "GDC1", 21: "GDC2", 22: "GDC3", 36: "GDC3", 39: "GDC4", 62: "GDC5", 74: ""}
    for row in read("gdc"):
        match = re.fullmatch(r"GDC-(\d+)([a-j]?)", row["code"])
        if match is None:
            assert row["broader"] == ""
            continue
        letter = f" ({match[2]})" if match[2] else ""
        assert row["source"] == f"A/RES/79/1, annex I, para. {match[1]}{letter}"
        if int(match[1]) in objectives:
            assert row["broader"] == objectives[int(match[1])]


def test_compact_labels_are_short():
    labels = [row for row in read("gdc") if row["code"].startswith("GDC-")]

    assert [row["code"] for row in labels if len(row["name_en"]) > 80] == []
    assert len({row["name_en"] for row in labels}) == 95


def test_goals_beside_commitments_exist():
    known = {f"SDG{number}" for number in range(1, 18)}
    cells = {row["code"]: [code for code in row["sdgs"].split(";") if code] for row in read("gdc")}

    assert {code for cell in cells.values() for code in cell} == known
    assert cells["GDC-11a"] == ["SDG9"]
    assert cells["GDC-31a"] == ["SDG3", "SDG5", "SDG9", "SDG10", "SDG16", "SDG17"]
    assert sum(len(cell) == 17 for cell in cells.values()) == 20


def test_broadband_targets_say_their_figures():
    definitions = {row["code"]: row["definition_en"] for row in read("broadband-targets")}

    assert "2 per cent" in definitions["broadband:2"]
    assert all(figure in definitions["broadband:3"] for figure in ("75", "65", "35"))
    assert "60 per cent" in definitions["broadband:4"]
    assert "40 per cent" in definitions["broadband:5"]


def test_matrix_has_204_links_in_123_cells():
    rows = read("matrix")
    known = concepts()

    assert [row["order"] for row in rows] == [str(n) for n in range(1, 205)]
    assert sum("." in row["concept"] for row in rows) == 167
    assert sum("." not in row["concept"] for row in rows) == 37
    assert len({(row["action_line"], row["cell"]) for row in rows}) == 123
    assert {row["action_line"] for row in rows} == set(LEAVES)
    assert all(row["concept"] in known and row["cell"] in known for row in rows)


def test_matrix_cells_are_the_same_by_cell_and_by_the_goal_of_the_concept():
    rows = read("matrix")
    by_cell = {(row["action_line"], row["cell"]) for row in rows}

    assert {(row["action_line"], row["concept"].split(".")[0]) for row in rows} == by_cell


def test_matrix_repeats_only_the_links_that_its_source_repeats():
    links = Counter((row["action_line"], row["concept"]) for row in read("matrix"))

    assert {link for link, count in links.items() if count > 1} == {
        ("C7.6", "SDG15"),
        ("C7.7", "SDG2.4"),
        ("C7.7", "SDG3.d"),
        ("C7.7", "SDG13.1"),
        ("C7.7", "SDG13.3"),
    }


def test_matrix_rationales_are_one_line_each_and_all_different():
    rationales = [row["rationale_en"] for row in read("matrix")]

    assert len(set(rationales)) == 204
    assert [text for text in rationales if not 30 <= len(text) <= 120] == []
    assert [text for text in rationales if not text.endswith(".") or "\n" in text] == []
    assert all(row["source"] and row["source_link"] for row in read("matrix"))


def test_matrix_links_are_those_of_the_published_table(shared_data):
    path = shared_data / "wsis_sdg_matrix" / "matrix_targets.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        published = [
            (row["action_line"], f"SDG{row['sdg']}", f"SDG{row['target'] or row['sdg']}")
            for row in csv.DictReader(stream)
        ]

    assert [(row["action_line"], row["cell"], row["concept"]) for row in read("matrix")] == (
        published
    )


def test_matrix_rationales_are_not_the_facilitators_words(shared_data):
    path = shared_data / "wsis_sdg_matrix" / "matrix_links.csv"

    def phrases(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}

    with path.open(encoding="utf-8", newline="") as stream:
        theirs = {part for row in csv.DictReader(stream) for part in phrases(row["rationale"])}

    assert [row["order"] for row in read("matrix") if phrases(row["rationale_en"]) & theirs] == []
