from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "rapporteur.api"
    label = "api"

    def ready(self) -> None:
        # The jobs are known to every process that may run them.
        from rapporteur.api import tasks  # noqa: F401
