from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "rapporteur.library"
    label = "library"

    def ready(self) -> None:
        from rapporteur.library import panels, searchables
        from rapporteur.library.actions import merging  # noqa: F401 registers itself
        from rapporteur.site import registry

        registry.add_place("library:documents", _("Documents"), order=30)
        searchables.register()
        panels.register()
