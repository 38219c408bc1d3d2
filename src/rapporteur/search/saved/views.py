from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.refusals import Refusal
from rapporteur.search.saved import actions, queries
from rapporteur.search.saved.forms import SavedSearchForm
from rapporteur.search.saved.models import MOST_SEARCHES
from rapporteur.search.saved.questions import canonical
from rapporteur.search.saved.scopes import scope


class SavedSearches(View):
    """The searches that the person keeps: how many entries each finds, how many are new."""

    def get(self, request):
        rows, indexed = queries.shown_searches(account=request.user)
        context = {"rows": rows, "indexed": indexed, "most": MOST_SEARCHES}
        return render(request, "search/saved/searches.html", context)


class SearchSave(View):
    """Keep the state of a search page that the address carries."""

    def get(self, request, scope):
        query = canonical(self.find_page(scope), request.GET.urlencode())
        form = SavedSearchForm(
            initial={
                "name": queries.suggested_name(query),
                "frequency": "never",
                "language": get_language() or "en",
            }
        )
        return self.page(request, scope, query, form)

    def post(self, request, scope):
        query = canonical(self.find_page(scope), request.POST.get("query", ""))
        form = SavedSearchForm(request.POST)
        if not form.is_valid():
            return self.page(request, scope, query, form, status=422)
        try:
            actions.save_search(
                account=request.user,
                scope=scope,
                query=query,
                **form.values(),
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.page(request, scope, query, form, status=refusal.status)
        messages.success(request, _("The search is saved."))
        return redirect("search:saved-searches")

    def find_page(self, name):
        found = scope(name)
        if found is None:
            raise Http404
        return found

    def page(self, request, name, query, form, status=200):
        page = self.find_page(name)
        context = {
            "form": form,
            "query": query,
            "parts": queries.described([(page, query)])[0],
            "page_label": page.label,
            "back": queries.with_query(reverse(page.page), query),
        }
        return render(request, "search/saved/search_save.html", context, status=status)


def own_search(request, pk):
    """Return one of the person's saved searches; to anybody else there is none."""
    return get_object_or_404(queries.searches_of(account=request.user), pk=pk)


class SearchChange(View):
    def get(self, request, pk):
        saved = own_search(request, pk)
        form = SavedSearchForm(
            initial={
                "name": saved.name,
                "frequency": saved.frequency,
                "language": saved.language,
            }
        )
        return self.page(request, saved, form)

    def post(self, request, pk):
        saved = own_search(request, pk)
        form = SavedSearchForm(request.POST)
        if not form.is_valid():
            return self.page(request, saved, form, status=422)
        actions.change_search(saved=saved, **form.values(), by=request.user, at=timezone.now())
        messages.success(request, _("The saved search is changed."))
        return redirect("search:saved-searches")

    def page(self, request, saved, form, status=200):
        page = scope(saved.scope)
        context = {
            "form": form,
            "saved": saved,
            "parts": queries.described([(page, saved.query)])[0],
            "page_label": page.label if page else "",
        }
        return render(request, "search/saved/search_change.html", context, status=status)


class SearchOpen(View):
    """Go to the search; what changes from now on is new."""

    def post(self, request, pk):
        saved = own_search(request, pk)
        page = scope(saved.scope)
        if page is None:
            raise Http404
        actions.look_at(saved=saved, at=timezone.now())
        return redirect(queries.with_query(reverse(page.page), saved.query))


class SearchDelete(View):
    def post(self, request, pk):
        saved = own_search(request, pk)
        actions.delete_search(saved=saved, by=request.user, at=timezone.now())
        messages.success(request, _("The saved search is deleted."))
        return redirect("search:saved-searches")
