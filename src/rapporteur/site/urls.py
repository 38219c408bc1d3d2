from django.urls import path, register_converter

from rapporteur.site import views
from rapporteur.site.views import errors


class ReferenceConverter:
    """The reference of an error report: ``K7QM-3XPD``; read aloud, its letters may be small."""

    regex = "[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"

    def to_python(self, value):
        return value.upper()

    def to_url(self, value):
        return value


register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("about", views.About.as_view(), name="about"),
    path("healthz", views.Health.as_view(), name="healthz"),
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", views.SecurityContact.as_view(), name="security-txt"),
    path("desk", views.Desk.as_view(), name="desk"),
    path("report-an-error", errors.ErrorReported.as_view(), name="report-error"),
    path("errors", errors.ErrorReports.as_view(), name="error-reports"),
    path("errors/<reference:reference>", errors.ErrorReportPage.as_view(), name="error-report"),
    path("errors/<reference:reference>/answer", errors.ErrorAnswer.as_view(), name="error-answer"),
    path("errors/<reference:reference>/send", errors.ErrorSend.as_view(), name="error-send"),
]
