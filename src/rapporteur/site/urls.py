from django.urls import path

from rapporteur.site import views
from rapporteur.site.views import errors

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("about", views.About.as_view(), name="about"),
    path("healthz", views.Health.as_view(), name="healthz"),
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", views.SecurityContact.as_view(), name="security-txt"),
    path("desk", views.Desk.as_view(), name="desk"),
    path("report-an-error", errors.ErrorReported.as_view(), name="report-error"),
    path("errors", errors.ErrorReports.as_view(), name="error-reports"),
    path("errors/<str:reference>", errors.ErrorReportPage.as_view(), name="error-report"),
    path("errors/<str:reference>/answer", errors.ErrorAnswer.as_view(), name="error-answer"),
    path("errors/<str:reference>/send", errors.ErrorSend.as_view(), name="error-send"),
]
