from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "rapporteur.library"
    label = "library"
