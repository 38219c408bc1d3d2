"""What the register counts, in words, tables and charts."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View


class Definitions(View):
    def get(self, request):
        return render(request, "register/definitions.html", {"title": _("What is counted")})


class Statistics(View):
    def get(self, request):
        return render(request, "register/statistics.html", {"title": _("The register in figures")})


class CountTable(View):
    def get(self, request):
        return render(request, "register/table.html", {"title": _("Activities by country")})
