"""Addresses of the reports: `/reports/progress-report/2024`, and its files by their ending."""

from django.urls import path

from rapporteur.reports import views
from rapporteur.reports.stocktaking import views as stocktaking

app_name = "reports"
urlpatterns = [
    path("reports", views.Reports.as_view(), name="reports"),
    path("reports/build", views.Build.as_view(), name="build"),
    path("reports/stocktaking-report/<int:year>", stocktaking.Report.as_view(), name="stocktaking"),
    path(
        "reports/stocktaking-report/<int:year>/charts/<slug:key>.svg",
        stocktaking.ChartPicture.as_view(),
        name="stocktaking-chart",
    ),
    path(
        "reports/stocktaking-report/<int:year>.<slug:form>",
        stocktaking.File.as_view(),
        name="stocktaking-file",
    ),
    path("reports/<slug:outline>/<int:year>", views.Report.as_view(), name="report"),
    path(
        "reports/<slug:outline>/<int:year>.<slug:form>", views.Download.as_view(), name="download"
    ),
]
