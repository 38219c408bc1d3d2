"""The names that the package carries: what the command line passes to the parser."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from importlib import resources

from rapporteur.analysis.names import Names

_PACKAGE = "rapporteur"
_ORGANIZATIONS = ("directory", "data", "organizations.csv")
_COUNTRIES = ("directory", "data", "countries.csv")


@lru_cache(maxsize=1)
def package_names() -> Names:
    """Return the organizations and places shipped with the package.

    Read once per process. A data file that is absent or empty counts as no rows, so that the
    parser works (with fewer names known) from an incomplete installation.
    """
    rows = _rows(*_ORGANIZATIONS)
    places: set[str] = set()
    for row in _rows(*_COUNTRIES):
        for column, value in row.items():
            if column and value and (column == "name" or column.startswith("name_en")):
                places.add(value.strip())
            elif column == "aliases" and value:
                places.update(alias.strip() for alias in value.split(";") if alias.strip())
    return Names.from_rows(rows, places=places)


def _rows(*path: str) -> list[dict[str, str | None]]:
    """Return the rows of a CSV file of the package; none when it is not there."""
    resource = resources.files(_PACKAGE).joinpath(*path)
    try:
        text = resource.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
