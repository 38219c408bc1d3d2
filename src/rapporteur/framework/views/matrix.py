"""The matrix of action lines and goals: the grid, one cell, the file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from rapporteur.framework import queries
from rapporteur.site.lists import Column, download

COLUMNS = (
    Column("action_line", lambda link: link.source_concept.code),
    Column("cell", lambda link: link.cell.code),
    Column("concept", lambda link: link.target_concept.code),
    Column("level", lambda link: "target" if link.target_concept.broader_id else "goal"),
    Column("rationale", lambda link: link.rationale),
    Column("source", lambda link: link.source),
    Column("source_link", lambda link: link.source_link),
)


class MatrixPage(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("format") in ("csv", "json"):
            return matrix_file(request, request.GET["format"])
        matrix = queries.matrix()
        sources = {
            (link.source, link.source_link)
            for row in matrix.rows
            for cell in row.cells
            for link in cell.links
        }
        return render(
            request, "framework/matrix.html", {"matrix": matrix, "sources": sorted(sources)}
        )


class MatrixFile(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return matrix_file(request, "csv")


def matrix_file(request: HttpRequest, form: str) -> HttpResponse:
    """Return every link of the matrix as a file."""
    return download(
        queries.matrix_links(),
        COLUMNS,
        form=form,
        name="wsis-sdg-matrix",
        source=request.build_absolute_uri(request.path),
    )  # type: ignore[return-value]


class CellPage(View):
    def get(self, request: HttpRequest, action_line: str, number: int) -> HttpResponse:
        cell = queries.cell(action_line, f"SDG{number}")
        if cell is None:
            raise Http404
        return render(request, "framework/cell.html", {"cell": cell})
