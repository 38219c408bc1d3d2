from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "rapporteur.search"
    label = "search"

    def ready(self) -> None:
        from rapporteur.search.saved import register, tasks  # noqa: F401

        register.register()
