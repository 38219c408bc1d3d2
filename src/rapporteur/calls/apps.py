from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "rapporteur.calls"
    label = "calls"

    def ready(self) -> None:
        from rapporteur.calls import letters, merging, panels, searchables

        letters.register_kinds()
        merging.register()
        panels.register()
        searchables.register()
