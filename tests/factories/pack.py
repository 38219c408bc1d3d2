"""A tiny pack of data files for the loader's tests: two schemes, three organizations."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

Rows = Sequence[Sequence[str]]

CONCEPT_HEADER = ("code", "broader", "order", "name_en", "name_fr", "short_en", "source")
FILES: dict[str, tuple[Sequence[str], Rows]] = {
    "framework/schemes.csv": (
        ("scheme", "title_en", "title_fr", "source", "source_link", "description_en"),
        (
            ("action-lines", "Action lines", "Grandes orientations", "A plan", "", "Lines."),
            ("sdg", "Goals", "", "A resolution", "https://example.org/goals", ""),
            ("regions", "Regions", "", "A list", "", ""),
            ("compact", "Compact", "", "A pact", "", ""),
        ),
    ),
    "framework/action-lines.csv": (
        CONCEPT_HEADER,
        (
            ("C1", "", "1", "Governments", "Gouvernements", "", "A plan, C1"),
            ("C7", "", "2", "Applications", "", "", "A plan, C7"),
            ("C7.4", "C7", "3", "E-health", "Cybersanté", "Health", "A plan, C7"),
        ),
    ),
    "framework/sdg.csv": (
        CONCEPT_HEADER,
        (
            ("SDG3", "", "1", "Health", "Santé", "", "A resolution, Goal 3"),
            ("SDG3.d", "SDG3", "2", "Warning of risks", "", "", "A resolution, target 3.d"),
            ("SDG9", "", "3", "Infrastructure", "", "", "A resolution, Goal 9"),
        ),
    ),
    "framework/regions.csv": (
        CONCEPT_HEADER,
        (("region:africa", "", "1", "Africa", "", "", "A list"),),
    ),
    "framework/compact.csv": (
        (*CONCEPT_HEADER, "sdgs"),
        (
            ("GDC-1a", "", "1", "Connect clinics", "", "", "A pact, 1 (a)", "SDG3.d;SDG9"),
            ("GDC-1b", "", "2", "Do it all", "", "", "A pact, 1 (b)", "all"),
        ),
    ),
    "framework/matrix.csv": (
        ("order", "action_line", "cell", "concept", "rationale_en", "source", "source_link"),
        (
            ("1", "C7.4", "SDG3", "SDG3.d", "Registers warn early.", "A matrix", ""),
            ("2", "C1", "SDG9", "SDG9", "Plans bring cables.", "A matrix", ""),
            ("3", "C1", "SDG9", "SDG3.d", "Cables carry warnings.", "A matrix", ""),
            ("4", "C1", "SDG9", "SDG9", "Plans bring cables twice.", "A matrix", ""),
        ),
    ),
    "directory/countries.csv": (
        ("iso3", "iso2", "m49", "name_en", "name_fr", "aliases"),
        (
            ("KEN", "KE", "404", "Kenya", "Kenya", "Republic of Kenya"),
            ("EGY", "EG", "818", "Egypt", "Égypte", ""),
        ),
    ),
    "directory/country_groups.csv": (
        ("iso3", "group", "since", "until", "as_of", "source", "source_link"),
        (
            ("KEN", "region:africa", "", "", "2024-12-31", "A list", ""),
            ("EGY", "region:africa", "1963-01-01", "", "2024-12-31", "A list", ""),
        ),
    ),
    "directory/organizations.csv": (
        (
            "slug",
            "acronym",
            "name",
            "name_fr",
            "kind",
            "country",
            "aliases",
            "former_names",
            "ungis",
            "ungis_source",
            "source",
        ),
        (
            (
                "itu",
                "ITU",
                "Telecom Union",
                "Union télécom",
                "un-entity",
                "",
                "T-Union;ITU office",
                "Telegraph Union",
                "yes",
                "Members",
                "A list",
            ),
            (
                "ungis",
                "UNGIS",
                "Group on the Society",
                "",
                "coalition",
                "",
                "",
                "",
                "",
                "",
                "A list",
            ),
            (
                "amani",
                "",
                "Amani Foundation",
                "",
                "civil-society",
                "KEN",
                "Amani",
                "",
                "",
                "",
                "A list",
            ),
        ),
    ),
    "directory/facilitation.csv": (
        ("organization", "concept", "role", "source", "since", "until", "source_link"),
        (("itu", "C1", "lead", "A plan", "", "", ""), ("itu", "C7.4", "co", "A plan", "", "", "")),
    ),
}


def write_pack(folder: Path, **changed: Rows) -> Path:
    """Write the pack into a folder and return it.

    ``changed`` gives other rows for a file by its stem: ``organizations=[…]``.
    """
    for name, (header, rows) in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(changed.get(path.stem.replace("-", "_"), rows))
    return folder


def rows_of(name: str) -> list[tuple[str, ...]]:
    """Return the rows that a file of the pack has, to change some: ``directory/countries.csv``."""
    return [tuple(row) for row in FILES[name][1]]
