from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "rapporteur.search"
    label = "search"
