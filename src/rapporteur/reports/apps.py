from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "rapporteur.reports"
    label = "reports"
