from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "rapporteur.operations"
    label = "operations"
