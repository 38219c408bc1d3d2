"""The addresses of people who write programs: the documentation, and their tokens."""

from django.urls import path

from rapporteur.api.tokens.views import TokenRevoke, Tokens
from rapporteur.api.views import Documentation

app_name = "programs"
urlpatterns = [
    path("api/v1/", Documentation.as_view(), name="documentation"),
    path("account/tokens", Tokens.as_view(), name="tokens"),
    path("account/tokens/<int:pk>/revoke", TokenRevoke.as_view(), name="token-revoke"),
]
