"""Every address of the platform, by room. Each pattern has its row in a room's `policy.py`.

English has no prefix; the other languages have theirs (`/ar/…`), so that a link says its language.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", include("rapporteur.api.urls"))]
urlpatterns += i18n_patterns(
    # What is asked for most is found first.
    path("", include("rapporteur.register.urls")),
    path("", include("rapporteur.search.urls")),
    path("", include("rapporteur.site.urls")),
    path("", include("rapporteur.common.notices.urls")),
    path("", include("rapporteur.framework.urls")),
    path("", include("rapporteur.directory.urls")),
    path("", include("rapporteur.library.urls")),
    path("", include("rapporteur.calls.urls")),
    path("", include("rapporteur.reports.urls")),
    path("", include("rapporteur.api.pages")),
    path("account/", include("allauth.urls")),
    prefix_default_language=False,
)

handler400 = "rapporteur.site.errors.bad_request"
handler403 = "rapporteur.site.errors.forbidden"
handler404 = "rapporteur.site.errors.not_found"
handler500 = "rapporteur.site.errors.server_error"
