from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "rapporteur.framework"
    label = "framework"
