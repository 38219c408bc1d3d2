"""Addresses of the reports: `/reports/progress-report/2024`, and its files by their ending."""

from django.urls import path

from rapporteur.reports import views

app_name = "reports"
urlpatterns = [
    path("reports", views.Reports.as_view(), name="reports"),
    path("reports/build", views.Build.as_view(), name="build"),
    path("reports/<slug:outline>/<int:year>", views.Report.as_view(), name="report"),
    path(
        "reports/<slug:outline>/<int:year>.<slug:form>", views.Download.as_view(), name="download"
    ),
]
