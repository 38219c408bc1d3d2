"""Load the record that the package carries: the facts of the open documents, without their text.

Again and again with the same result. A person's correction is never overwritten; where the text of
a document is held, its paragraphs are the text's, and the record gives those that its editors
checked their facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rapporteur.common.audit import record_event
from rapporteur.directory.models import Organization
from rapporteur.library import search_changes
from rapporteur.library.actions.importing import add_halves, give_symbol
from rapporteur.library.actions.record_facts import (
    Counts,
    RecordReport,
    Wanted,
    wanted_facts,
    write_wanted,
)
from rapporteur.library.addresses import title_key
from rapporteur.library.choices import DocumentState, GivenBy
from rapporteur.library.models import (
    Document,
    Milestone,
    Paragraph,
)
from rapporteur.library.queries.names import concepts_by_code
from rapporteur.library.record_files import (
    BETWEEN,
    RecordFiles,
    Row,
    day,
    parts,
    read_record,
    whole,
)

CHECKED = "yes"
DOCUMENT_FIELDS = ("title", "kind", "bodies", "date", "year", "session", "link")
PARAGRAPH_FIELDS = ("order", "kind", "number", "section_path", "section_titles")


@transaction.atomic
def load_record(*, at: datetime, files: RecordFiles | None = None) -> RecordReport:
    """Load all files of the record; return what was done.

    A row that names an unknown organization keeps the printed name; an unknown concept is left out;
    both are reported. ``at`` is aware.
    """
    files = files or read_record()
    report = RecordReport()
    documents = load_documents(files, report)
    organizations = dict(Organization.objects.values_list("slug", "pk"))
    merged = dict(
        Organization.objects.filter(merged_into__isnull=False).values_list("slug", "merged_into_id")
    )
    organizations |= merged
    concepts = concepts_by_code(
        {code for row in files.of("actions") for code in parts(row["concepts"])}
    )
    load_contributors(files, documents, organizations, report)
    facts = {
        name: files.by_document(name)
        for name in ("actions", "publications", "figures", "citations")
    }
    sections = files.by_document("sections")
    touched: list[int] = []
    for key, rows in files.by_document("paragraphs").items():
        document = documents.get(key)
        if document is None:
            report.refuse("paragraphs.csv", _("documents.csv has no %(key)s.") % {"key": key})
            continue
        wanted = {
            row["anchor"]: wanted_facts(
                row["anchor"],
                {name: grouped[key] for name, grouped in indexed(facts, key).items()},
                organizations,
                concepts,
                report,
            )
            for row in rows
        }
        touched += load_paragraphs(document, rows, sections.get(key, []), wanted, report, at=at)
    moved_milestones = load_milestones(files, documents, report, at=at)
    changed = {name: counts for name, counts in report.files.items() if moved(counts)}
    if changed:
        search_changes.note_changes(
            documents=[document.pk for document in documents.values()],
            paragraphs=touched,
            milestones=moved_milestones,
        )
        record_event(
            "library.record.loaded",
            by=None,
            at=at,
            details={
                name: [counts.added, counts.changed, counts.retired]
                for name, counts in changed.items()
            },
        )
    return report


def moved(counts: Counts) -> bool:
    return bool(counts.added or counts.changed or counts.retired)


def indexed(
    facts: Mapping[str, Mapping[str, list[Row]]], key: str
) -> dict[str, dict[str, dict[str, list[Row]]]]:
    """Return each file's rows of one document by anchor."""
    found: dict[str, dict[str, dict[str, list[Row]]]] = {}
    for name, grouped in facts.items():
        by_anchor: dict[str, list[Row]] = defaultdict(list)
        for row in grouped.get(key, ()):
            by_anchor[row["anchor"]].append(row)
        found[name] = {key: by_anchor}
    return found


def load_documents(files: RecordFiles, report: RecordReport) -> dict[str, Document]:
    """Store the documents; return them by their key in the files."""
    counts = report.files["documents.csv"]
    found: dict[str, Document] = {}
    for row in files.of("documents"):
        values = {
            "title": row["title"],
            "kind": row["kind"],
            "bodies": parts(row["bodies"]),
            "date": day(row["date"]),
            "year": whole(row["year"]),
            "session": row["session"],
            "link": row["link"],
        }
        key = title_key(row["title"], day(row["date"]))
        symbol = row["symbol"] or None
        document = Document.objects.filter(
            **({"symbol": symbol} if symbol else {"address": row["document"]})
        ).first()
        if document is None:
            document = Document.objects.filter(symbol__isnull=True, title_key=key).first()
            if document is not None and symbol:
                give_symbol(document, symbol)
        if document is None:
            document = Document.objects.create(
                symbol=symbol,
                address=row["document"],
                title_key=key,
                state=DocumentState.PUBLISHED,
                in_record=True,
                **values,
            )
            add_halves(document)
            counts.note(added=True, changed=False)
        else:
            counts.note(added=False, changed=update_document(document, values, key))
        found[row["document"]] = document
    return found


def update_document(document: Document, values: Mapping[str, Any], key: str) -> bool:
    """Bring a document in line with the record, unless a person corrected it."""
    changed = {
        name: value
        for name, value in values.items()
        if getattr(document, name) != value and value not in (None, "", [])
    }
    if document.edited_at is not None:
        changed = {}
    if not document.in_record:
        document.in_record = True
    elif not changed:
        return False
    for name, value in changed.items():
        setattr(document, name, value)
    if document.edited_at is None:
        document.title_key = key
    document.save()
    return True


def load_contributors(
    files: RecordFiles,
    documents: Mapping[str, Document],
    organizations: Mapping[str, int],
    report: RecordReport,
) -> None:
    counts = report.files["contributors.csv"]
    for key, rows in files.by_document("contributors").items():
        document = documents[key]
        held = set(document.contributors.values_list("pk", flat=True))
        for row in rows:
            pk = organizations.get(row["organization"])
            if pk is None:
                report.refuse(
                    "contributors.csv",
                    _("The directory has no organization “%(slug)s”.")
                    % {"slug": row["organization"] or row["printed"]},
                )
                continue
            counts.note(added=pk not in held, changed=False)
            if pk not in held:
                document.contributors.add(pk)
                held.add(pk)


def load_paragraphs(
    document: Document,
    rows: Iterable[Row],
    sections: Iterable[Row],
    wanted: Mapping[str, Wanted],
    report: RecordReport,
    *,
    at: datetime,
) -> list[int]:
    """Store one document's paragraphs and their facts; return the ids of those that changed."""
    counts = report.files["paragraphs.csv"]
    headings = {
        row["section"]: (parts(row["path"], BETWEEN), parts(row["titles"], BETWEEN))
        for row in sections
    }
    held = {paragraph.anchor: paragraph for paragraph in document.paragraphs.all()}
    has_text = document.current_version_id is not None
    added, changed, paragraphs = [], [], []
    for row in rows:
        paragraph = held.get(row["anchor"])
        if has_text and (paragraph is None or row["checked"] != CHECKED):
            continue  # the text is held: what it says goes before a program's reading of it
        path, titles = headings.get(row["section"], ([], []))
        values = {
            "order": int(row["order"]),
            "kind": row["kind"],
            "number": whole(row["number"]),
            "section_path": path,
            "section_titles": titles,
        }
        if paragraph is None:
            paragraph = Paragraph(document=document, anchor=row["anchor"], **values)
            added.append(paragraph)
        elif not has_text and (
            paragraph.retired_at
            or any(getattr(paragraph, name) != value for name, value in values.items())
        ):
            for name, value in values.items():
                setattr(paragraph, name, value)
            paragraph.retired_at = None
            changed.append(paragraph)
        if row["checked"] == CHECKED and paragraph.checked_by != GivenBy.PERSON:
            if paragraph.checked_by != GivenBy.RECORD and paragraph.pk:
                changed.append(paragraph)
            paragraph.facts_checked_at = paragraph.facts_checked_at or at
            paragraph.checked_by = GivenBy.RECORD
        paragraphs.append(paragraph)
    Paragraph.objects.bulk_create(added)
    Paragraph.objects.bulk_update(
        list(dict.fromkeys(changed)),
        [*PARAGRAPH_FIELDS, "retired_at", "facts_checked_at", "checked_by"],
        batch_size=200,
    )
    open_ones = [item for item in paragraphs if item.checked_by != GivenBy.PERSON]
    refiled = write_wanted(open_ones, wanted)
    touched = {item.pk for item in (*added, *changed)} | refiled
    new = {item.pk for item in added}
    for paragraph in paragraphs:
        counts.note(added=paragraph.pk in new, changed=paragraph.pk in touched)
    if not has_text:
        anchors = {paragraph.anchor for paragraph in paragraphs}
        gone = [item.pk for item in held.values() if item.anchor not in anchors]
        counts.retired += Paragraph.objects.filter(pk__in=gone, retired_at__isnull=True).update(
            retired_at=at
        )
        touched |= set(gone)
    return sorted(touched)


def load_milestones(
    files: RecordFiles, documents: Mapping[str, Document], report: RecordReport, *, at: datetime
) -> list[int]:
    """Store the milestones, retire those that the file no longer has; return the ids that moved."""
    counts = report.files["milestones.csv"]
    touched: list[int] = []
    rows = files.of("milestones")
    for row in rows:
        if row["document"] and row["document"] not in documents:
            report.refuse(
                f"milestones.csv {row['slug']}",
                _("documents.csv has no %(key)s.") % {"key": row["document"]},
            )
        values = {
            "kind": row["kind"],
            "title": row["title"],
            "starts_on": day(row["starts_on"]),
            "ends_on": day(row["ends_on"]),
            "year": whole(row["year"]),
            "place": row["place"],
            "counts": {
                name: int(value)
                for name, value in (item.split("=") for item in parts(row["counts"]))
            },
            "document": documents.get(row["document"]),
            "paragraph_anchor": row["anchor"],
            "source": row["source"],
            "source_link": row["source_link"],
            "retired_at": None,
        }
        milestone = Milestone.objects.filter(slug=row["slug"]).first()
        if milestone is None:
            touched.append(Milestone.objects.create(slug=row["slug"], **values).pk)
            counts.note(added=True, changed=False)
            continue
        changed = any(getattr(milestone, name) != value for name, value in values.items())
        if changed:
            for name, value in values.items():
                setattr(milestone, name, value)
            milestone.save()
            touched.append(milestone.pk)
        counts.note(added=False, changed=changed)
    if rows:
        gone = Milestone.objects.filter(retired_at__isnull=True).exclude(
            slug__in=[row["slug"] for row in rows]
        )
        touched += gone.values_list("pk", flat=True)
        counts.retired = gone.update(retired_at=at)
    return touched
