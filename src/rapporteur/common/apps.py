from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "rapporteur.common"
    label = "common"

    def ready(self) -> None:
        # The jobs are known to every process that may run them.
        from rapporteur.common.jobs import tasks as job_tasks  # noqa: F401
        from rapporteur.common.notices import tasks  # noqa: F401
