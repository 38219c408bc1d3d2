from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameworkConfig(AppConfig):
    name = "rapporteur.framework"
    label = "framework"

    def ready(self) -> None:
        from rapporteur.framework import searchables
        from rapporteur.framework.addresses import add_concept_home
        from rapporteur.site.registry import add_place

        add_place("framework:action-lines", _("Action lines"), order=10)
        searchables.register()
        add_concept_home("action-lines", "framework:action-line")
        add_concept_home("sdg", "framework:goal", part=lambda code: code.removeprefix("SDG"))
