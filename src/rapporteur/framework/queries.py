"""What is read of the framework: schemes, concepts, and the matrix between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from rapporteur.framework.models import Concept, ConceptScheme, Mapping

ACTION_LINES = "action-lines"
GOALS = "sdg"


def schemes() -> QuerySet[ConceptScheme]:
    """Return the vocabularies that have concepts, in their order.

    Each carries ``concept_count``, an int: its concepts in force. One query.
    """
    counted = ConceptScheme.objects.annotate(
        concept_count=Count("concepts", filter=Q(concepts__retired_at=None))
    )
    return counted.filter(concept_count__gt=0).order_by("order", "code")


def concepts_of(scheme: str) -> QuerySet[Concept]:
    """Return a vocabulary's concepts in force, in its order, each with scheme and broader."""
    concepts = Concept.objects.filter(scheme__code=scheme, retired_at=None)
    return concepts.select_related("scheme", "broader").order_by("order", "code")


def find_concept(code: str, *, scheme: str | None = None) -> Concept | None:
    """Return the concept of a code, a retired one too, with its scheme and broader concept."""
    concepts = Concept.objects.select_related("scheme", "broader__scheme").filter(code=code)
    if scheme is not None:
        concepts = concepts.filter(scheme__code=scheme)
    return concepts.first()


def narrower_of(concept: Concept) -> QuerySet[Concept]:
    """Return the concepts in force under a concept, in order."""
    narrower = concept.narrower.filter(retired_at=None).select_related("scheme")
    return narrower.order_by("order", "code")


def leaves_of(scheme: str) -> QuerySet[Concept]:
    """Return a vocabulary's concepts in force that have none under them, in order.

    Of the action lines: eighteen, C7 standing as its eight applications.
    """
    live = Concept.objects.filter(retired_at=None, broader__isnull=False).values("broader_id")
    return concepts_of(scheme).exclude(pk__in=live)


def mappings() -> QuerySet[Mapping]:
    """Return the links in force, in the order of what they link, with both concepts."""
    links = Mapping.objects.filter(
        retired_at=None, source_concept__retired_at=None, target_concept__retired_at=None
    )
    links = links.select_related("source_concept__scheme", "target_concept__scheme", "cell__scheme")
    return links.order_by(
        "source_concept__scheme__order",
        "source_concept__order",
        "cell__order",
        "target_concept__order",
        "place",
        "pk",
    )


def links_from(concept: Concept) -> list[Mapping]:
    """Return the links that lead from a concept, by goal. One query."""
    return list(mappings().filter(source_concept=concept))


def links_to(concept: Concept) -> list[Mapping]:
    """Return the links that lead to a concept, or to one under it. One query."""
    return list(mappings().filter(Q(target_concept=concept) | Q(target_concept__broader=concept)))


def links_in_column(goal: Concept) -> list[Mapping]:
    """Return the links that stand in a goal's column of the matrix. One query.

    Some of them lead to a target of another goal, as the source prints them.
    """
    return list(mappings().filter(cell=goal, source_concept__scheme__code=ACTION_LINES))


@dataclass(frozen=True)
class Group:
    """Some links under the concept that they share."""

    concept: Concept
    links: tuple[Mapping, ...]


def grouped(links: Sequence[Mapping], by: str) -> list[Group]:
    """Return the links grouped by ``cell``, ``source_concept`` or ``target_concept``, in order."""
    found: dict[int, list[Mapping]] = defaultdict(list)
    for link in links:
        found[getattr(link, f"{by}_id")].append(link)
    return [Group(getattr(rows[0], by), tuple(rows)) for rows in found.values()]


@dataclass(frozen=True)
class Cell:
    """Where an action line and a goal meet: the links that stand there, none where it is empty."""

    action_line: Concept
    goal: Concept
    links: tuple[Mapping, ...]

    @property
    def number(self) -> int:
        """The goal's number, as the cell's address writes it."""
        return int(self.goal.code.removeprefix("SDG"))

    @property
    def label(self) -> str:
        return f"{self.action_line.code} × {self.goal.code}"


@dataclass(frozen=True)
class MatrixRow:
    action_line: Concept
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> int:
        """How many cells hold a link."""
        return sum(1 for cell in self.cells if cell.links)

    @property
    def links(self) -> int:
        return sum(len(cell.links) for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """The action lines against the goals. ``rows`` have a cell for each of ``goals``, in order."""

    goals: tuple[Concept, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def columns(self) -> list[tuple[int, int]]:
        """(filled cells, links) of each goal's column."""
        by_goal = zip(*(row.cells for row in self.rows), strict=True)
        return [
            (sum(1 for cell in cells if cell.links), sum(len(cell.links) for cell in cells))
            for cells in by_goal
        ]

    @property
    def totals(self) -> list[tuple[Concept, int, int]]:
        """(goal, filled cells, links) of each column."""
        return [
            (goal, filled, links)
            for goal, (filled, links) in zip(self.goals, self.columns, strict=False)
        ]

    @property
    def filled(self) -> int:
        return sum(row.filled for row in self.rows)

    @property
    def links(self) -> int:
        return sum(row.links for row in self.rows)

    @property
    def links_to_goals(self) -> int:
        """How many links name a goal and no target of it."""
        return sum(
            1
            for row in self.rows
            for cell in row.cells
            for link in cell.links
            if link.target_concept.broader_id is None
        )

    @property
    def links_to_targets(self) -> int:
        return self.links - self.links_to_goals


def matrix_links() -> QuerySet[Mapping]:
    """Return the links of the matrix, by action line and goal."""
    return mappings().filter(
        source_concept__scheme__code=ACTION_LINES, target_concept__scheme__code=GOALS
    )


def matrix() -> Matrix:
    """Return the whole matrix: the leaves of the action lines against the goals. Three queries."""
    goals = tuple(concepts_of(GOALS).filter(broader=None))
    by_cell: dict[tuple[int, int], list[Mapping]] = defaultdict(list)
    for link in matrix_links():
        by_cell[link.source_concept_id, link.cell_id].append(link)
    rows = tuple(
        MatrixRow(line, tuple(Cell(line, goal, tuple(by_cell[line.pk, goal.pk])) for goal in goals))
        for line in leaves_of(ACTION_LINES)
    )
    return Matrix(goals, rows)


def cell(action_line: str, goal: str) -> Cell | None:
    """Return one cell of the matrix by two codes, ``None`` where one of them is not known."""
    line = find_concept(action_line, scheme=ACTION_LINES)
    column = find_concept(goal, scheme=GOALS)
    if line is None or column is None or column.broader_id is not None:
        return None
    return Cell(line, column, tuple(matrix_links().filter(source_concept=line, cell=column)))


def action_lines() -> list[Concept]:
    """Return action lines and applications in force, in order. Two queries.

    Each carries ``goal_count`` and ``link_count``: goals and links of its row of the matrix; those
    of C7 are its applications' together.
    """
    lines = list(concepts_of(ACTION_LINES))
    goals: dict[int, set[int]] = defaultdict(set)
    links: dict[int, int] = defaultdict(int)
    above = {line.pk: line.broader_id for line in lines}
    for source, goal in matrix_links().order_by().values_list("source_concept_id", "cell_id"):
        for pk in (source, above.get(source)):
            if pk is not None:
                goals[pk].add(goal)
                links[pk] += 1
    for line in lines:
        line.goal_count = len(goals[line.pk])  # type: ignore[attr-defined]
        line.link_count = links[line.pk]  # type: ignore[attr-defined]
    return lines


def published_schemes(code: str | None = None) -> QuerySet[ConceptScheme]:
    """Return vocabularies with all their concepts, retired ones too. Two queries.

    The concepts are ``scheme.listed``, each with scheme and broader.
    """
    concepts = Concept.objects.select_related("scheme", "broader__scheme").order_by("order", "code")
    found = ConceptScheme.objects.prefetch_related(
        Prefetch("concepts", queryset=concepts, to_attr="listed")
    )
    if code is not None:
        found = found.filter(code=code)
    return found.order_by("order", "code")
