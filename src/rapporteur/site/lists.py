"""Every list of the platform: filtered, sorted, paged, and taken away as CSV or JSON.

A room subclasses ``ListPage``, names its columns and filters, and gets the page, the downloads and
the words for an empty list. The state of a list is its URL.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views import View

from rapporteur.analysis.tables.formulas import FORMULA_STARTS, neutralise

__all__ = ["FORMULA_STARTS", "Column", "Filter", "ListPage", "Sort", "neutralise"]

PAGE_SIZE = 50
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Column:
    """One column of a download: its header (a fixed English name) and how to read a row."""

    name: str
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Filter:
    """One filter of a list: a select with all allowed values, or a field for words.

    ``options(request)`` returns (value, label) pairs; ``apply(rows, value)`` narrows the rows.
    A value that is not among the options is ignored and the page says so. With ``options`` None,
    any words are a value (at most ``LONGEST_WORDS`` signs of them).
    """

    name: str
    label: Any
    options: Callable[[HttpRequest], Sequence[tuple[str, Any]]] | None
    apply: Callable[[Any, str], Any]


@dataclass(frozen=True)
class Sort:
    name: str
    label: Any
    order: tuple[str, ...]


def plain(value: Any) -> Any:
    """Return a value as JSON and CSV carry it: text, number, list, or ``None`` for not known."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str, dict)):
        return value
    return str(value)


def csv_cell(value: Any) -> str:
    """Return a value as one CSV cell: lists are joined by ``; ``, missing is empty."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return neutralise(value) if isinstance(value, str) else str(value)


def csv_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterable[str]:
    """Yield the lines of a CSV download, header first (UTF-8 with a mark, for spreadsheets)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    yield "\ufeff" + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([csv_cell(column.read(row)) for column in columns])
        yield buffer.getvalue()


def download(
    rows: Iterable[Any], columns: Sequence[Column], *, form: str, name: str, source: str = ""
) -> HttpResponse | StreamingHttpResponse:
    """Return all rows as a file: ``form`` is ``csv`` or ``json``.

    JSON is ``{"count", "source", "rows": [...]}``.
    """
    stem = slugify(name) or "list"
    if form == "csv":
        response: Any = StreamingHttpResponse(
            csv_lines(rows, columns), content_type="text/csv; charset=utf-8"
        )
    else:
        listed = [{column.name: plain(column.read(row)) for column in columns} for row in rows]
        body = {"count": len(listed), "source": source, "rows": listed}
        response = HttpResponse(
            json.dumps(body, ensure_ascii=False, indent=1),
            content_type="application/json; charset=utf-8",
        )
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return response


class ListPage(View):
    """A page with one list.

    Subclasses give ``title``, ``template_name`` (extends ``site/list.html`` and fills the block
    ``rows``), ``columns``, ``filters``, ``sorts`` and ``rows(request)`` (a queryset with explicit
    order, or a sequence). ``file_name`` is the stem of downloads. ``lead`` is the paragraph under
    the title; ``empty`` the words for no rows.
    """

    title: Any = ""
    lead: Any = ""
    empty: Any = ""
    source: Any = ""
    file_name = "list"
    template_name = "site/list.html"
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    sorts: Sequence[Sort] = ()
    page_size = PAGE_SIZE

    def rows(self, request: HttpRequest) -> Any:
        raise NotImplementedError

    def extra_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the template needs beside the list."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> Any:
        self.kwargs = kwargs
        rows = self.rows(request)
        chosen, ignored, fields = {}, [], []
        for item in self.filters:
            if item.options is None:
                words = " ".join(request.GET.get(item.name, "").replace("\x00", " ").split())
                words = words[:LONGEST_WORDS]
                if words:
                    rows = item.apply(rows, words)
                    chosen[item.name] = words
                fields.append(
                    {"name": item.name, "label": item.label, "options": None, "value": words}
                )
                continue
            # As text, so that a year is never written as "2,024".
            options = [
                (str(option), str(label) if isinstance(label, int) else label)
                for option, label in item.options(request)
            ]
            value = request.GET.get(item.name, "")
            if value and value in {option for option, _label in options}:
                rows = item.apply(rows, value)
                chosen[item.name] = value
            elif value:
                ignored.append(value)
            fields.append(
                {"name": item.name, "label": item.label, "options": options, "value": value}
            )
        sort = next((s for s in self.sorts if s.name == request.GET.get("sort")), None)
        if sort is not None:
            rows = rows.order_by(*sort.order)
            chosen["sort"] = sort.name
        form = request.GET.get("format", "")
        if form in ("csv", "json"):
            return download(
                rows,
                self.columns,
                form=form,
                name=self.file_name,
                source=request.build_absolute_uri(request.path),
            )
        paginator = Paginator(rows, self.page_size)
        page = paginator.get_page(request.GET.get("page"))
        context = {
            "title": self.title,
            "lead": self.lead,
            "empty": self.empty,
            "source": self.source,
            "page": page,
            "count": paginator.count,
            "fields": fields,
            "sorts": self.sorts,
            "sort": sort or (self.sorts[0] if self.sorts else None),
            "chosen": chosen,
            "ignored": ignored,
            "query": urlencode(chosen),
            "has_downloads": bool(self.columns),
            **self.extra_context(request),
        }
        return render(request, self.template_name, context)


def as_list(rows: Any) -> list[Any]:
    """Return a queryset or sequence as a list."""
    return list(rows.iterator()) if isinstance(rows, QuerySet) else list(rows)
