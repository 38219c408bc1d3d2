from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "rapporteur.directory"
    label = "directory"
