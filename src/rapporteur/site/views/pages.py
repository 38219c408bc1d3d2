from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from rapporteur.site import registry


class Home(View):
    def get(self, request):
        asked = request.GET.get("year", "")
        figures = registry.home_figures(
            int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
        )
        year = next((figure["year"] for figure in figures if figure.get("year")), None)
        return render(request, "site/home.html", {"figures": figures, "year": year})


class About(View):
    def get(self, request):
        return render(request, "site/about.html")


class Desk(View):
    def get(self, request):
        return render(request, "site/desk.html")


class Health(View):
    """Whether this process can answer: 200, or 503 when the database does not."""

    def get(self, request):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            return JsonResponse({"database": "unavailable"}, status=503)
        response = JsonResponse({"database": "ok"})
        response.headers["Cache-Control"] = "no-store"
        return response


class Robots(View):
    def get(self, request):
        # A crawler that follows every filter and download reads each list hundreds of times.
        lines = [
            "User-agent: *",
            "Disallow: /*?",
            "Disallow: /account/",
            "Disallow: /desk",
            "Disallow: /errors",
            "Disallow: /report-an-error",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class SecurityContact(View):
    """Where to tell of a security fault (RFC 9116)."""

    def get(self, request):
        contact = settings.SECURITY_CONTACT or settings.DEFAULT_FROM_EMAIL
        address = contact if ":" in contact else f"mailto:{contact}"
        expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
        lines = [
            f"Contact: {address}",
            f"Expires: {expires}",
            "Preferred-Languages: en, fr, es",
            f"Canonical: {request.build_absolute_uri(request.path)}",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
