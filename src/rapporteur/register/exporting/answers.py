"""A search of the register as a file: streamed, whatever its size."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapporteur.analysis.tables.writing import FORMS, CellTooLong, TooManyRows, write_table
from rapporteur.common.refusals import Refusal
from rapporteur.register.exporting.columns import COLUMNS
from rapporteur.register.exporting.rows import rows_of
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search.queries.asking import Question
from rapporteur.search.queries.walking import all_keys, count
from rapporteur.search.views import Export, Results

# A workbook is made whole before it is sent; larger results leave in another form.
WORKBOOK_AT_MOST = 100_000


class TooLargeForWorkbook(Refusal):
    """What was found does not go into a workbook."""

    status = 422


def respond_as(form: str) -> Callable[[HttpRequest, Results, Question], StreamingHttpResponse]:
    """Return what answers a question with a file of one form."""

    def respond(request: HttpRequest, view: Results, question: Question) -> StreamingHttpResponse:
        if form == "xlsx" and count(question) > WORKBOOK_AT_MOST:
            raise TooLargeForWorkbook(
                _(
                    "These are more activities than a workbook is made of. Narrow the search, or "
                    "take CSV or Parquet."
                )
            )
        site = (settings.SITE_URL or request.build_absolute_uri("/")).rstrip("/")
        keys = all_keys(question, kind=ACTIVITY)
        # The first key is asked for now: where there is no index, the page says so.
        first = list(itertools.islice(keys, 1))
        rows = rows_of(itertools.chain(first, keys), site=site)
        chunks = write_table(form, COLUMNS, rows)
        try:
            begun = list(itertools.islice(chunks, 1))
        except (CellTooLong, TooManyRows) as error:
            raise TooLargeForWorkbook(
                _("A text is longer than a cell of a workbook may be. Take CSV or Parquet.")
            ) from error
        response = StreamingHttpResponse(
            itertools.chain(begun, chunks), content_type=FORMS[form].media_type
        )
        name = f"{view.file_name}.{FORMS[form].suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    return respond


EXPORTS = {
    "csv": Export("CSV", respond_as("csv")),
    "xlsx": Export(gettext_lazy("Excel (XLSX)"), respond_as("xlsx")),
    "jsonl": Export(gettext_lazy("JSON lines"), respond_as("jsonl")),
    "parquet": Export("Parquet", respond_as("parquet")),
}
