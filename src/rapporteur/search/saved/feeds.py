"""A search as an Atom feed (RFC 4287): its newest entries, public ones alone."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.notices import links
from rapporteur.common.texts import refused_signs
from rapporteur.search import index, registry
from rapporteur.search.saved.finding import News, newest
from rapporteur.search.saved.queries import described, with_query
from rapporteur.search.saved.questions import canonical, question_of
from rapporteur.search.saved.scopes import scope

MOST_ENTRIES = 50
LONGEST_SUMMARY = 500
# When a feed without an entry was last changed: never.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# How long a reader may wait before it asks again, in seconds.
FRESH_FOR = 300


class Feed(Atom1Feed):
    """Atom whose entries each say their language."""

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}


class SearchFeed(View):
    """The newest entries of a state of the search page; its address carries the state.

    A room's own page has a feed of its own: ``SearchFeed.as_view(scope="activities")``.
    """

    scope = "search"

    def get(self, request):
        page = scope(self.scope)
        if page is None:
            raise Http404
        query = canonical(page, request.GET.urlencode())
        try:
            found = newest(question_of(page, query), most=MOST_ENTRIES)
        except index.NoIndex:
            return HttpResponse(
                _("The search index has not been built on this machine. Try again later."),
                status=503,
                content_type="text/plain; charset=utf-8",
                headers={"Retry-After": "600"},
            )
        body = self.feed(page, query, found.entries).writeString("utf-8")
        response = HttpResponse(body, content_type=Feed.content_type)
        # ConditionalGetMiddleware adds the ETag and answers 304 where it is known.
        response.headers["Cache-Control"] = f"public, max-age={FRESH_FOR}"
        return response

    def feed(self, page, query, entries):
        """Return the feed, its addresses whole and in the reader's language."""
        language = get_language() or settings.LANGUAGE_CODE
        feed = Feed(
            title=as_xml(self.title(page, query)),
            link=links.site_address() + with_query(reverse(page.page), query),
            feed_url=links.site_address() + with_query(reverse(page.feed), query),
            description=None,
            language=language,
            author_name=settings.SITE_NAME,
            feed_guid=f"{tag()}:{language}:{with_query(page.name, query)}",
        )
        kinds = {item.kind: item.label for item in registry.searchables()}
        for entry in once(entries):
            title, title_language = entry.title(language)
            text, _text_language = entry.text(language)
            parts = [entry.note, shortened(text)]
            feed.add_item(
                title=as_xml(title),
                link=links.whole(entry.url, language),
                description=as_xml("\n".join(part for part in parts if part)),
                unique_id=f"{tag()}:{entry.kind}:{entry.held['key']}",
                updateddate=datetime.fromtimestamp(entry.moment, UTC),
                categories=[str(kinds.get(entry.kind, entry.kind))],
                language=title_language,
            )
        return feed

    def title(self, page, query):
        words = "; ".join(f"{part.label}: {part.words}" for part in described([(page, query)])[0])
        if not words:
            return f"{settings.SITE_NAME}: {page.label}"
        return f"{settings.SITE_NAME}: {page.label}: {words}"


def tag():
    """Return the beginning of this site's own names for entries (RFC 4151): they never change."""
    return f"tag:{urlsplit(links.site_address()).hostname},2026"


def once(entries):
    """Return the entries, a record that has several of them once: its latest."""
    found: dict[str, News] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return found.values()


def shortened(text):
    """Return the beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[:LONGEST_SUMMARY].rpartition(" ")[0] + " …"


def as_xml(text):
    """Return the text without the signs that XML cannot carry."""
    refused = set(refused_signs(text))
    return "".join(sign for sign in text if sign not in refused) if refused else text
