"""The map and the timeline of what a question finds, drawn on the server."""

from django.http import HttpResponse
from django.views import View


class Map(View):
    def get(self, request):
        return HttpResponse(
            "<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"
        )


class Timeline(View):
    def get(self, request):
        return HttpResponse(
            "<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"
        )
