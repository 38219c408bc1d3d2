"""The addresses of programs, without a language's prefix: they answer in one form for all."""

from django.urls import URLPattern, path

from rapporteur.api.v1 import api
from rapporteur.api.views import Description

app_name = "api"


def operations() -> list[URLPattern]:
    """Return one pattern for each address, whatever the number of its methods."""
    routes: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        # The library's own start page says nothing that ours does not.
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            routes.setdefault(str(pattern.pattern), pattern)
    return list(routes.values())


urlpatterns = [path("openapi.json", Description.as_view(), name="description"), *operations()]
