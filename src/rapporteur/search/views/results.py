"""A page of results: words, facets with counts, order, pages, downloads; its state is its URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.search import index, queries, registry
from rapporteur.search.queries import LAST_PAGE, PAGE_SIZE, Found, Hit, Question, ShownHit
from rapporteur.search.views.addresses import Addresses, question_of
from rapporteur.search.views.facets import facets_html, kind_values, known_facets, shown_facets
from rapporteur.site.lists import Column, download
from rapporteur.site.templatetags.rapporteur import number

SORTS = {"best": _("best match"), "newest": _("newest first"), "updated": _("last changed")}

# A link under the results: (words, address), or None where this reader gets none.
Link = Callable[[HttpRequest, "Results", Question], tuple[Any, str] | None]
_links: list[Link] = []


def add_link(link: Link) -> None:
    """Add a link beside the downloads of every page of results, as for saving the search."""
    if link not in _links:
        _links.append(link)


@dataclass(frozen=True)
class Export:
    """One way to take the results away: its name on the page, and how to answer with a file.

    ``respond(request, view, question)`` returns the response; ``view.kinds`` are the kinds asked.
    """

    label: Any
    respond: Callable[[HttpRequest, Results, Question], Any]


def columns() -> list[Column]:
    """Return the columns of the downloads: what is held of a hit, and its facets."""
    fixed = ("kind", "key", "title", "note", "year", "url")
    language = (get_language() or "en").split("-")[0]

    def read(name: str) -> Callable[[Hit], Any]:
        if name == "title":
            return lambda hit: hit.title(language)[0]
        return lambda hit: hit.held[name]

    def read_facet(name: str) -> Callable[[Hit], Any]:
        return lambda hit: hit.held["facets"].get(name, [])

    return [Column(name, read(name)) for name in fixed] + [
        Column(facet.name, read_facet(facet.name)) for facet in registry.facets()
    ]


def held_rows(form: str) -> Callable[[HttpRequest, Results, Question], Any]:
    """Return an export of what the index holds of the first hits (``queries.MOST_ROWS``)."""

    def respond(request: HttpRequest, view: Results, question: Question) -> Any:
        return download(
            list(queries.all_hits(question)),
            columns(),
            form=form,
            name=view.file_name,
            source=request.build_absolute_uri(
                request.path + Addresses(question, sort=view.sort).here()
            ),
        )

    return respond


class Results(View):
    """Everything that holds the words, narrowed by facets.

    A room's own page of results is a subclass:

    - ``kinds``: the kinds of record that are asked; none: every kind, which are then a choice;
    - ``facets``: the names of the facets, in the order of the page; none: all that have counts;
    - ``sorts``, ``sort``: the orders to choose from, and the usual one;
    - ``exports``: the downloads by the value of ``format``, more of them or others;
    - ``title``, ``search_label``, ``heading``: the words of the page;
    - ``template_name``: extends ``search/results.html`` and fills its blocks (``results_lead``,
      ``results_pictures``, ``results_end``);
    - ``row``: a hit as one ``<li>``;
    - ``more_context``: what the template needs beside; ``query`` is in the context, the address of
      the question without its page, for pictures and links of the same question.
    """

    http_method_names = ["get", "head", "options"]
    title: Any = _("Search the record")
    search_label: Any = _("Search the whole record")
    template_name = "search/results.html"
    file_name = "search"
    kinds: tuple[str, ...] = ()
    facets: Sequence[str] = ()
    sorts: Mapping[str, Any] = SORTS
    sort = "best"
    page_size = PAGE_SIZE
    exports: Mapping[str, Export] = {
        "csv": Export("CSV", held_rows("csv")),
        "json": Export("JSON", held_rows("json")),
    }

    def heading(self, question: Question, count: int) -> str:
        """Return the words above the results."""
        values = {"shown": number(count), "text": question.text}
        if question.text:
            words = ngettext(
                "%(shown)s result for “%(text)s”", "%(shown)s results for “%(text)s”", count
            )
        else:
            words = ngettext(
                "%(shown)s entry in the record", "%(shown)s entries in the record", count
            )
        return words % values

    def row(self, shown: ShownHit, *, prefix: str) -> SafeString:
        """Return a hit as one ``<li>``. ``prefix`` stands before the hit's address."""
        return hit_row(shown, prefix=prefix)

    def more_context(
        self, request: HttpRequest, question: Question, found: Found
    ) -> Mapping[str, Any]:
        return {}

    def facet_extra(self, question: Question) -> Mapping[str, Any]:
        """Return more HTML (safe) at the end of a facet, by its name."""
        return {}

    def question(self, request: HttpRequest) -> Question:
        return question_of(request, kinds=self.kinds, sorts=self.sorts, sort=self.sort)

    def get(self, request: HttpRequest) -> Any:
        question = self.question(request)
        context: dict[str, Any] = {
            "question": question,
            "title": self.title,
            "search_label": self.search_label,
        }
        export = self.exports.get(request.GET.get("format", ""))
        try:
            if export is not None:
                return export.respond(request, self, question)
            self.fill(request, question, context)
        except index.NoIndex:
            context["no_index"] = True
        return render(request, self.template_name, context)

    def fill(self, request: HttpRequest, question: Question, context: dict[str, Any]) -> None:
        more = request.GET.get("more", "")
        facets = known_facets(self.facets, question.chosen.get("kind") or self.kinds)
        names = [facet.name for facet in facets]
        page, pages, found = self.found(request, question, names, more)
        language = get_language() or settings.LANGUAGE_CODE
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        addresses = Addresses(question, sort=self.sort)
        shown = shown_facets(facets, found, addresses, more=more)
        rows = [
            self.row(hit, prefix=prefix)
            for hit in queries.shown_hits(found, language.split("-")[0])
        ]
        context.update(
            # Not all that was found: a context outlives its page until the next search for garbage.
            question_cut=found.asked.cut,
            count=found.count,
            heading=self.heading(question, found.count),
            # Each row is safe HTML.
            rows=SafeString("".join(rows)),
            prefix=prefix,
            kinds=[] if self.kinds else kind_values(found, addresses),
            facets=shown,
            facets_html=facets_html(shown, extra=self.facet_extra(question)),
            sorts=self.sort_links(question, addresses),
            narrowed=question.is_narrowed,
            cleared_url=addresses.of(replace(question, chosen={}, years=(None, None))),
            any_url=addresses.of(replace(question, any_word=True)),
            can_loosen=not question.any_word and len(found.asked.wanted) > 1,
            page_number=page,
            pages=pages,
            previous_url=addresses.here(page=page - 1) if page > 1 else "",
            next_url=addresses.here(page=page + 1) if page < pages else "",
            query=addresses.here(),
            exports=[
                (export.label, addresses.here(format=name)) for name, export in self.exports.items()
            ],
            links=[made for link in _links if (made := link(request, self, question))],
            hidden=[(name, value) for name, values in question.chosen.items() for value in values],
        )
        context.update(self.more_context(request, question, found))

    def found(
        self, request: HttpRequest, question: Question, names: Sequence[str], more: str
    ) -> tuple[int, int, Found]:
        """Return the page that is shown, how many there are, and what it holds."""
        page = min(max(page_asked(request), 1), LAST_PAGE)

        def find(page: int) -> Found:
            return queries.find(question, page=page, size=self.page_size, facets=names, more=more)

        found = find(page)
        pages = max(1, min(LAST_PAGE, -(-found.count // self.page_size)))
        if page > pages:
            return pages, pages, find(pages)
        return page, pages, found

    def sort_links(self, question: Question, addresses: Addresses) -> list[dict[str, Any]]:
        """Return the orders to choose from; how well words fit is one where there are words."""
        return [
            {
                "label": label,
                "chosen": name == question.sort,
                "url": addresses.of(replace(question, sort=name)),
            }
            for name, label in self.sorts.items()
            if name != "best" or question.text or self.sort == "best"
        ]


def page_asked(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1


def hit_row(shown: ShownHit, *, prefix: str) -> SafeString:
    """Return a hit as one ``<li>``: its title, its kind, note and year, and a fragment."""
    note = f' <span dir="auto">{escape(shown.note)}</span>' if shown.note else ""
    year = f" <span>{shown.year:d}</span>" if shown.year else ""
    fragment = ""
    if shown.fragment:
        language = escape(shown.fragment_language)
        fragment = f'\n<p lang="{language}" dir="auto">{shown.fragment}</p>'
    # Title and fragment are escaped (``ShownHit``), the rest is here.
    return SafeString(
        f'<li><h2><a href="{escape(prefix + shown.url)}" lang="{escape(shown.title_language)}"'
        f' dir="auto">{shown.title}</a></h2>\n'
        f'<p class="row-facts"><span>{escape(str(shown.kind))}</span>{note}{year}</p>'
        f"{fragment}</li>"
    )
