from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "rapporteur.common"
    label = "common"
