"""What is written in the framework: the pack of vocabularies, loaded again and again."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction

from rapporteur.framework.faults import refuse_faulty
from rapporteur.framework.models import Concept, ConceptScheme, Mapping
from rapporteur.framework.packs import MATRIX_FILE, SCHEMES_FILE, Pack
from rapporteur.framework.syncing import BATCH, FileCount, sync_rows

# Ids of the source, the target and the cell, and the place.
MappingKey = tuple[int, int, int, int]


@transaction.atomic
def load_vocabularies(pack: Pack, *, at: datetime) -> list[FileCount]:
    """Make schemes, concepts and mappings agree with the pack; return the counts of each file.

    All or nothing; with the same pack again, nothing changes. A concept or mapping that the pack
    no longer has is retired and returns when the pack has it again. The caller records the event.

    Raises:
        FaultyInput: the pack has faults; it names file, row, column and value of each.
    """
    refuse_faulty(pack.faults)
    scheme_count = FileCount(SCHEMES_FILE)
    schemes = sync_schemes(pack, at=at, count=scheme_count)
    counts = {scheme.code: FileCount(f"{scheme.code}.csv") for scheme in pack.schemes}
    concepts = sync_concepts(pack, schemes, counts, at=at)
    matrix_count = FileCount(MATRIX_FILE)
    by_file = {f"{code}.csv": count for code, count in counts.items()}
    sync_mappings(pack, concepts, {**by_file, MATRIX_FILE: matrix_count}, at=at)
    return [scheme_count, *counts.values(), matrix_count]


def sync_schemes(pack: Pack, *, at: datetime, count: FileCount) -> dict[str, ConceptScheme]:
    """Return the pack's schemes by code. A scheme that the pack lost stays, its concepts retire."""
    known = {scheme.code: scheme for scheme in ConceptScheme.objects.all()}
    wanted = {
        row.code: {
            "code": row.code,
            "order": row.order,
            "titles": row.titles,
            "description": row.description,
            "source": row.source,
            "source_link": row.source_link,
        }
        for row in pack.schemes
    }
    listed = {code: scheme for code, scheme in known.items() if code in wanted}
    found = sync_rows(ConceptScheme, existing=listed, wanted=wanted, at=at, count=count)
    return {**known, **found}  # type: ignore[dict-item]


def sync_concepts(
    pack: Pack, schemes: dict[str, ConceptScheme], counts: dict[str, FileCount], *, at: datetime
) -> dict[str, Concept]:
    """Return the pack's concepts by code, each under its broader one."""
    codes = {scheme.pk: code for code, scheme in schemes.items()}
    known = {concept.code: concept for concept in Concept.objects.all()}
    # New concepts are stored first, so that any row may name any other as its broader one.
    fresh = [
        Concept(code=row.code, scheme_id=schemes[row.scheme].pk)
        for row in pack.concepts
        if row.code not in known
    ]
    Concept.objects.bulk_create(fresh, batch_size=BATCH)
    known |= {concept.code: concept for concept in fresh}
    added = {concept.code for concept in fresh}
    wanted: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in pack.concepts:
        wanted[row.scheme][row.code] = {
            "code": row.code,
            "scheme_id": schemes[row.scheme].pk,
            "broader_id": known[row.broader].pk if row.broader else None,
            "order": row.order,
            "names": row.names,
            "short_names": row.short_names,
            "definition": row.definition,
            "source": row.source,
            "source_link": row.source_link,
        }
    home = {row.code: row.scheme for row in pack.concepts}
    found: dict[str, Concept] = {}
    for code in schemes:
        count = counts.setdefault(code, FileCount(f"{code}.csv"))
        existing = {
            key: concept
            for key, concept in known.items()
            if home.get(key, codes.get(concept.scheme_id)) == code
        }
        rows = sync_rows(Concept, existing=existing, wanted=wanted[code], at=at, count=count)
        found.update(rows)  # type: ignore[arg-type]
        new = sum(1 for key in wanted[code] if key in added)
        # What was stored above is an added row, however it was filled here.
        count.added += new
        count.changed -= new
    return found


def sync_mappings(
    pack: Pack, concepts: dict[str, Concept], counts: dict[str, FileCount], *, at: datetime
) -> None:
    """Make the links between concepts agree with the pack; links count with the file they are in.

    A link that no file has any more counts as retired with the file of its first concept's scheme:
    the matrix for an action line.
    """
    wanted: dict[str, dict[MappingKey, dict[str, Any]]] = defaultdict(dict)
    home: dict[MappingKey, str] = {}
    for row in pack.mappings:
        key = (
            concepts[row.source_concept].pk,
            concepts[row.target_concept].pk,
            concepts[row.cell].pk,
            row.place,
        )
        home[key] = row.file
        wanted[row.file][key] = {
            "source_concept_id": key[0],
            "target_concept_id": key[1],
            "cell_id": key[2],
            "place": key[3],
            "rationale": row.rationale,
            "source": row.source,
            "source_link": row.source_link,
        }
    existing: dict[str, dict[MappingKey, Mapping]] = defaultdict(dict)
    for mapping in Mapping.objects.select_related("source_concept__scheme"):
        key = (
            mapping.source_concept_id,
            mapping.target_concept_id,
            mapping.cell_id,
            mapping.place,
        )
        scheme_file = f"{mapping.source_concept.scheme.code}.csv"
        own = scheme_file if wanted.get(scheme_file) else MATRIX_FILE
        existing[home.get(key, own)][key] = mapping
    for file in sorted({*wanted, *existing}):
        count = counts.setdefault(file, FileCount(file))
        sync_rows(Mapping, existing=existing[file], wanted=wanted[file], at=at, count=count)
