"""How a program says who it is: the token in the header ``Authorization``, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest

from rapporteur.api.models import ApiToken

# The scheme's name in the documentation is that of the class.
SCHEME = "Bearer"


class Bearer:
    """Gives operations the token that the middleware found; it also refused what is none."""

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that its owner made on the page “Tokens for programs”.",
    }

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        return getattr(request, "api_token", None)


BEARER = Bearer()
