import re
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.search import index, queries, registry
from rapporteur.search.queries import LAST_PAGE, PAGE_SIZE, Question
from rapporteur.search.schema import facet_fields
from rapporteur.site.lists import Column, download

SORTS = {"best": _("best match"), "newest": _("newest first")}
SHOWN_VALUES = 10
MOST_CHOICES, LONGEST_CHOICE = 20, 100


def question_of(request):
    """Return what the address asks; values that no facet knows are left aside."""
    chosen = {}
    for name in facet_fields():
        values = [value for value in request.GET.getlist(name) if 0 < len(value) <= LONGEST_CHOICE]
        if values:
            chosen[name] = tuple(dict.fromkeys(values))[:MOST_CHOICES]
    sort = request.GET.get("sort", "")
    return Question(
        text=request.GET.get("q", "").strip(),
        chosen=chosen,
        sort=sort if sort in SORTS else "best",
        any_word=request.GET.get("any") == "1",
    )


def address(question, *, page=1, **more):
    """Return the query string of a question: the whole state of the page."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for name, values in question.chosen.items() for value in values]
    if question.sort != "best":
        pairs.append(("sort", question.sort))
    if question.any_word:
        pairs.append(("any", "1"))
    if page > 1:
        pairs.append(("page", str(page)))
    pairs += more.items()
    return f"?{urlencode(pairs)}"


def natural(value):
    """Return the key that sorts C2 before C10."""
    parts = re.split(r"(\d+)", value)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def toggled(question, name, value):
    """Return the question with a facet's value chosen, or no longer chosen."""
    values = question.chosen.get(name, ())
    kept = tuple(item for item in values if item != value)
    chosen = {**question.chosen, name: kept if value in values else (*values, value)}
    return Question(question.text, chosen, question.sort, question.any_word)


def values_of(question, name, counts, labels, *, by, everything):
    """Return a facet's values as the page shows them, the chosen ones always among them."""
    chosen = question.chosen.get(name, ())
    counts = {**dict.fromkeys(chosen, 0), **counts}
    if by == "count":
        order = sorted(counts, key=lambda value: (-counts[value], value))
    else:
        order = sorted(counts, key=natural, reverse=by == "value-down")
    shown = order if everything else order[:SHOWN_VALUES]
    shown += [value for value in chosen if value not in shown]
    words = labels(shown)
    return [
        {
            "value": value,
            "label": words.get(value, value),
            "count": counts[value],
            "chosen": value in chosen,
            "url": address(toggled(question, name, value)),
        }
        for value in shown
    ], len(counts) - len(shown)


def facets_of(request, question, found):
    """Return the facets that have something to choose, each with its values."""
    year = registry.Facet("year", _("Year"), registry.as_they_are, by="value-down")
    facets = []
    for facet in (*registry.facets(), year):
        counts = found.counts.get(facet.name, {})
        chosen = question.chosen.get(facet.name, ())
        if not counts and not chosen:
            continue
        everything = request.GET.get("more") == facet.name
        values, rest = values_of(
            question, facet.name, counts, facet.labels, by=facet.by, everything=everything
        )
        facets.append(
            {
                "name": facet.name,
                "label": facet.label,
                "values": values,
                "rest": rest,
                "more_url": address(question, more=facet.name) + f"#facet-{facet.name}",
                "open": bool(chosen) or everything or facet.order <= 1,
            }
        )
    return facets


def columns():
    """Return the columns of the downloads: what is held of a hit, and its facets."""
    fixed = ("kind", "key", "title", "note", "year", "url")
    language = (get_language() or "en").split("-")[0]

    def read(name):
        if name == "title":
            return lambda hit: hit.title(language)[0]
        return lambda hit: hit.held[name]

    def read_facet(name):
        return lambda hit: hit.held["facets"].get(name, [])

    return [Column(name, read(name)) for name in fixed] + [
        Column(facet.name, read_facet(facet.name)) for facet in registry.facets()
    ]


class Results(View):
    """Everything of the record that holds the words, narrowed by facets; the state is the URL."""

    def get(self, request):
        question = question_of(request)
        context = {
            "question": question,
            "sorts": [
                {
                    "label": label,
                    "chosen": name == question.sort,
                    "url": address(
                        Question(question.text, question.chosen, name, question.any_word)
                    ),
                }
                for name, label in SORTS.items()
            ],
        }
        form = request.GET.get("format", "")
        try:
            if form in ("csv", "json"):
                return download(
                    list(queries.all_hits(question)),
                    columns(),
                    form=form,
                    name="search",
                    source=request.build_absolute_uri(request.path + address(question)),
                )
            self.fill(request, question, context)
        except index.NoIndex:
            context["no_index"] = True
        return render(request, "search/results.html", context)

    def fill(self, request, question, context):
        asked_page = request.GET.get("page", "")
        known = asked_page.isascii() and asked_page.isdigit() and len(asked_page) < 10
        page = int(asked_page) if known else 1
        page = min(max(page, 1), LAST_PAGE)
        found = queries.find(question, page=page)
        pages = max(1, min(LAST_PAGE, -(-found.count // PAGE_SIZE)))
        if page > pages:
            page = pages
            found = queries.find(question, page=page)
        language = get_language() or settings.LANGUAGE_CODE
        kinds = {item.kind: item.label for item in registry.searchables()}
        kind_values, _rest = values_of(
            question,
            "kind",
            {kind: found.counts.get("kind", {}).get(kind, 0) for kind in kinds},
            lambda values: {value: kinds.get(value, value) for value in values},
            by="count",
            everything=True,
        )
        context.update(
            found=found,
            count=found.count,
            hits=queries.shown_hits(found, language.split("-")[0]),
            prefix="" if language == settings.LANGUAGE_CODE else f"/{language}",
            kinds=[item for item in kind_values if item["count"] or item["chosen"]],
            facets=facets_of(request, question, found),
            narrowed=any(question.chosen.values()),
            cleared_url=address(Question(question.text, {}, question.sort, question.any_word)),
            any_url=address(Question(question.text, question.chosen, question.sort, True)),
            can_loosen=not question.any_word and len(found.asked.wanted) > 1,
            page_number=page,
            pages=pages,
            previous_url=address(question, page=page - 1) if page > 1 else "",
            next_url=address(question, page=page + 1) if page < pages else "",
            csv_url=address(question, format="csv"),
            json_url=address(question, format="json"),
            hidden=[(name, value) for name, values in question.chosen.items() for value in values],
        )
