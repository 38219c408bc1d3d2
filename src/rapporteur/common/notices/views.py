from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from rapporteur.common.notices.links import read_stop_token
from rapporteur.common.notices.registry import notice_kind


# A mail program posts here without a form of ours, and without cookies (RFC 8058). The signed link
# is the right to stop this one notice; the session is not looked at, so no other site can use it.
@method_decorator(csrf_exempt, name="dispatch")
class Stop(View):
    """Stop a notice with the link that its mail bears. Looking at the page stops nothing."""

    def get(self, request, token):
        return self.page(request, token, stopped=False)

    def post(self, request, token):
        kind, about = self.read(token)
        kind.stop(about, timezone.now())
        return self.page(request, token, stopped=True)

    def read(self, token):
        found = read_stop_token(token)
        kind = notice_kind(found[0]) if found else None
        if found is None or kind is None:
            raise Http404
        return kind, found[1]

    def page(self, request, token, *, stopped):
        kind, about = self.read(token)
        context = {
            "label": kind.label,
            "description": kind.describe(about),
            "stopped": stopped or not kind.wanted(about),
        }
        response = render(request, "common/notice_stop.html", context)
        # The address is a right, which no cache keeps; other sites are never told of a path.
        response.headers["Cache-Control"] = "private, no-store"
        return response
