from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "rapporteur.library"
    label = "library"

    def ready(self) -> None:
        from rapporteur.library import searchables

        searchables.register()
