from django.urls import path

from rapporteur.reports import views

app_name = "reports"
urlpatterns = [
    path("reports", views.Reports.as_view(), name="reports"),
]
