"""Make the record's data files from the parsed documents.

    python scripts/make_record.py [FOLDER]

FOLDER holds the texts (``un_documents`` in the shared data; default: ``$RAPPORTEUR_SHARED_DATA`` or
``../shared/data``). Written to ``src/rapporteur/library/data/record``: sections, paragraphs,
actions, publications, figures, citations and contributors. ``documents.csv`` and ``milestones.csv``
there are kept by hand.

Only facts leave the texts: numbers, names, codes, titles, values. What a figure measures is in our
own words (``scripts/record/figures.csv``); a figure without such a row keeps value, unit and year
alone. What reading by eye corrected is in ``scripts/record/corrections.csv``, each with its reason.
Documents in ``CHECKED`` were read so, paragraph by paragraph; the others' facts are a program's
reading, and the platform says so.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.package_names import package_names
from rapporteur.directory.names import fold_name
from rapporteur.library.citing import citations_in
from rapporteur.library.texts import ParagraphText, paragraphs_of

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "src" / "rapporteur" / "library" / "data" / "record"
BY_HAND = ROOT / "scripts" / "record"
DIRECTORY = ROOT / "src" / "rapporteur" / "directory" / "data" / "organizations.csv"
SHARED = Path(os.environ.get("RAPPORTEUR_SHARED_DATA") or ROOT.parent / "shared" / "data")

# The record's documents whose text was at hand, in the order of documents.csv.
TEXTS = {
    "A/RES/70/125": "resolutions/A_RES_70_125.md",
    "cstds-contribution-to-the-wsis20-review-2024": "reports/CSTD_note_WSIS+20_review_2024.txt",
    "E/RES/2024/13": "reports/ECOSOC_res_2024-13.txt",
    "A/RES/79/1": "resolutions/A_RES_79_1.md",
    "A/80/62-E/2025/3": "reports/SG_report_A-80-62_WSIS_2024.txt",
    "wsis20-report-building-a-digital-future-for-all-2025": "reports/ITU_WSIS+20_report.txt",
}
CHECKED = ("A/80/62-E/2025/3",)
BETWEEN = " > "
LONGEST_TITLE = 180


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write a CSV file; return how many rows it has."""
    listed = [list(row) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(listed)
    print(f"{path.name}: {len(listed)} rows")
    return len(listed)


def slugs_by_key() -> dict[str, str]:
    """Return organization slugs by folded name: own names first, then other spellings."""
    rows = read_rows(DIRECTORY)
    found: dict[str, str] = {}
    for columns in (("name", "acronym"), ("aliases", "former_names")):
        for row in rows:
            for column in columns:
                for printed in (row.get(column) or "").split(";"):
                    key = fold_name(printed)
                    if key:
                        found.setdefault(key, row["slug"])
    return found


class Corrections:
    """What reading by eye added to a paragraph or took out of it."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            key = (row["document"], row["anchor"], row["field"])
            self._rows[key].append((row["action"], row["value"]))

    def applied(self, document: str, anchor: str, field: str, values: Iterable[str]) -> list[str]:
        """Return the values with the corrections made; raise where one no longer applies."""
        kept = list(dict.fromkeys(values))
        for action, value in self._rows.pop((document, anchor, field), ()):
            if action == "add" and value not in kept:
                kept.append(value)
            elif action == "remove" and value in kept:
                kept.remove(value)
            else:
                raise SystemExit(
                    f"corrections.csv: {document} {anchor} {field} {action} {value!r} does not "
                    "apply any more. Take the row out."
                )
        return kept

    def unused(self) -> list[tuple[str, str, str]]:
        """Return the corrections that no paragraph asked for."""
        return list(self._rows)


def is_title(words: str) -> bool:
    """Return whether the words are a title, and not a sentence that stands as one."""
    sentence = words.startswith("We ") or words.endswith((".", ";", ":"))
    return len(words) <= LONGEST_TITLE and not words[:1].islower() and not sentence


def value_key(value: Any) -> str:
    """Return a figure's value as figures.csv writes it: ``67``, ``30000-40000``."""
    ends = value if isinstance(value, list) else [value]
    return "-".join(f"{end:g}" if isinstance(end, float) else str(end) for end in ends)


def figure_rows(
    document: str, text: ParagraphText, subjects: dict[tuple[str, str, str], list[dict[str, str]]]
) -> Iterable[list[Any]]:
    """Yield a paragraph's figures with our words; one that was checked and has none is left out."""
    for figure in text.figures:
        waiting = subjects.get((document, text.anchor, value_key(figure["value"])), [])
        row = waiting.pop(0) if waiting else None
        if row is None and document in CHECKED:
            print(f"  no words for {document} {text.anchor} {figure['value']}: left out")
            continue
        value = figure["value"]
        low, high = value if isinstance(value, list) else (value, value)
        unit = row["unit"] if row else figure["unit"]
        year = (row["year"] if row else "") or figure["year"] or ""
        yield [document, text.anchor, low, high, unit, row["subject"] if row else "", year]


def main(folder: Path) -> int:
    """Parse every text at hand and write the record's files."""
    names, slugs = package_names(), slugs_by_key()
    corrections = Corrections(read_rows(BY_HAND / "corrections.csv"))
    subjects: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(BY_HAND / "figures.csv"):
        subjects[(row["document"], row["anchor"], row["value"])].append(row)
    files: dict[str, list[list[Any]]] = defaultdict(list)
    for document, name in TEXTS.items():
        path = folder / name
        parsed = parse_document(path.read_bytes(), file_name=path.name, names=names).as_json()
        for contributor in parsed["contributors"]:
            slug = slugs.get(fold_name(contributor["name"])) or slugs.get(
                fold_name(contributor["acronym"] or "")
            )
            files["contributors"].append([document, slug or "", contributor["name"]])
        sections: dict[tuple[str, str], int] = {}
        for text in paragraphs_of(parsed):
            at = (document, text.anchor)
            levels = list(zip(text.section_path, text.section_titles, strict=False))
            # A heading that is a sentence is the document's own words: its label stands for it.
            kept = [
                (label if is_title(label) else words, words if is_title(words) else label)
                for label, words in levels
                if is_title(label) or is_title(words)
            ]
            labels, titles = [level[0] for level in kept], [level[1] for level in kept]
            heading = (BETWEEN.join(labels), BETWEEN.join(titles))
            if any(heading) and heading not in sections:
                sections[heading] = len(sections) + 1
                files["sections"].append([document, sections[heading], *heading])
            files["paragraphs"].append(
                [
                    *at,
                    text.order,
                    "" if text.number is None else text.number,
                    text.kind,
                    sections.get(heading, ""),
                    "yes" if document in CHECKED else "no",
                ]
            )
            concepts = corrections.applied(*at, "concept", text.concepts)
            printed = corrections.applied(*at, "organization", text.organizations)
            rows: dict[str, list[Any]] = {}
            for organization in printed:
                slug = slugs.get(fold_name(organization), "")
                rows.setdefault(slug or organization, [*at, slug, organization, ";".join(concepts)])
            if concepts and not rows:
                rows[""] = [*at, "", "", ";".join(concepts)]
            files["actions"] += rows.values()
            for title in corrections.applied(*at, "publication", text.publications):
                if is_title(title):
                    files["publications"].append([*at, title])
            files["figures"] += figure_rows(document, text, subjects)
            for symbol, numbers in citations_in(text.whole, text.symbols).items():
                files["citations"].append([*at, symbol, ";".join(map(str, numbers))])
    headers = {
        "contributors": ("document", "organization", "printed"),
        "sections": ("document", "section", "path", "titles"),
        "paragraphs": ("document", "anchor", "order", "number", "kind", "section", "checked"),
        "actions": ("document", "anchor", "organization", "printed", "concepts"),
        "publications": ("document", "anchor", "title"),
        "figures": ("document", "anchor", "low", "high", "unit", "subject", "year"),
        "citations": ("document", "anchor", "symbol", "paragraphs"),
    }
    for name, header in headers.items():
        write_rows(RECORD / f"{name}.csv", header, files[name])
    for key, left in subjects.items():
        if left:
            print(f"  figures.csv: no figure {key} in the text")
    for key in corrections.unused():
        print(f"  corrections.csv: no paragraph {key}")
    unknown = {row[3] for row in files["actions"] if row[3] and not row[2]}
    print(f"  names that the directory does not know: {len(unknown)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "un_documents"))
