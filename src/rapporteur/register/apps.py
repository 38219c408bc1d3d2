from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "rapporteur.register"
    label = "register"

    def ready(self) -> None:
        from rapporteur.register import keeping_panels, letters, panels, searchables
        from rapporteur.register.importing import jobs as import_jobs
        from rapporteur.search.saved.scopes import add_scope
        from rapporteur.site import registry

        registry.add_place("register:activities", _("Activities"), order=25)
        add_scope(
            "activities",
            label=_("Activities"),
            page="register:activities",
            feed="register:feed",
            kinds=(searchables.ACTIVITY,),
        )
        searchables.register()
        import_jobs.register()
        panels.register()
        keeping_panels.register()
        letters.register_kinds()
