"""The report as plain values: sections of numbered paragraphs, charts with tables, stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from rapporteur.analysis.charts import Spec
from rapporteur.analysis.charts.numbers import written
from rapporteur.reports.stocktaking.counting import Scope, Story
from rapporteur.reports.stocktaking.outline import RegisterOutline
from rapporteur.site.templatetags.rapporteur import number


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph. ``link`` leads to the entries that it counts, where there is one."""

    number: int
    text: str
    link: str = ""
    link_text: str = ""


@dataclass(frozen=True)
class Share:
    """A share in per cent, 0 to 100, to one place."""

    percent: float


Cell = str | int | Share


def written_cell(cell: Cell) -> str:
    """Return a cell as the reader's language writes it."""
    if isinstance(cell, Share):
        return written(cell.percent, get_language() or "en", percent=True)
    return cell if isinstance(cell, str) else number(cell)


@dataclass(frozen=True)
class Table:
    """Figures in columns; the first cell of a row is its header."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def written(self) -> list[list[str]]:
        """The rows in the active language."""
        return [[written_cell(cell) for cell in row] for row in self.rows]


@dataclass(frozen=True)
class Drawing:
    """A chart; its table always stands with it."""

    key: str
    spec: Spec
    table: Table


@dataclass(frozen=True)
class ToldStory:
    """A success story with its source: the version of the entry that tells it."""

    number: int
    story: Story
    facts: str
    source: str
    link: str


Block = Paragraph | Drawing | Table | ToldStory


@dataclass(frozen=True)
class ReportSection:
    key: str
    title: str
    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class StocktakingReport:
    """A report of the register, complete: what the page and each file write down."""

    outline: RegisterOutline
    scope: Scope
    language: str
    title: str
    subtitle: str
    as_of: date
    scope_words: tuple[str, ...]
    live: int
    source: str
    source_link: str
    query: str
    sections: tuple[ReportSection, ...]

    @property
    def drawings(self) -> dict[str, Drawing]:
        """The charts by their keys."""
        return {block.key: block for _section, block in self.blocks if isinstance(block, Drawing)}

    @property
    def blocks(self) -> Iterator[tuple[ReportSection, Block]]:
        for section in self.sections:
            for block in section.blocks:
                yield section, block
