from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "rapporteur.reports"
    label = "reports"

    def ready(self) -> None:
        """Give the shell the room's place, and the library who cites a paragraph."""
        from rapporteur.reports import presenting
        from rapporteur.reports.stocktaking.views import link_of_search
        from rapporteur.search.views import add_link
        from rapporteur.site import registry

        add_link(link_of_search)
        registry.add_place("reports:reports", _("Reports"), order=50)
        registry.add_panel(
            "library.paragraph",
            order=80,
            template="reports/_cited_in.html",
            fill=presenting.cited_in,
        )
        registry.add_panel(
            "site.desk",
            order=50,
            template="reports/_desk.html",
            fill=lambda _request, _record: {"year": timezone.localdate().year},
        )
