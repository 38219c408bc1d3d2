"""The description of the API: for programs, and as a page for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.api import answers
from rapporteur.api.asking import check_parameters
from rapporteur.api.describing import chapters_of
from rapporteur.api.problems import Problem, answer
from rapporteur.api.v1 import described
from rapporteur.register.queries.known import known_codes


class Description(View):
    """The OpenAPI document."""

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            check_parameters(request, ())
            return answers.answer(request, described(known_codes()), cache=answers.FOR_AN_HOUR)
        except Problem as problem:
            return answer(problem)


class Documentation(View):
    """What the API can do, operation by operation, made from the same description."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {
            "title": _("The API: reading and writing by program"),
            "chapters": chapters_of(described(known_codes())),
        }
        return render(request, "api/documentation.html", context)
