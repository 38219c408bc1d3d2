from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "rapporteur.directory"
    label = "directory"

    def ready(self) -> None:
        from rapporteur.directory import panels, searchables
        from rapporteur.directory.queries.countries import GROUP_SCHEMES
        from rapporteur.framework.addresses import add_concept_home
        from rapporteur.framework.columns import ActionLineColumn, add_action_line_column
        from rapporteur.site.registry import add_panel, add_place

        add_place("directory:organizations", _("Organizations"), order=20)
        searchables.register()
        for scheme in GROUP_SCHEMES:
            add_concept_home(scheme, "directory:region")
        add_panel(
            "framework.concept",
            order=10,
            template="directory/_facilitators.html",
            fill=panels.facilitators,
        )
        add_panel(
            "framework.concept",
            order=11,
            template="directory/_organizations_of_group.html",
            fill=panels.organizations_of_group,
        )
        add_panel("site.desk", order=20, template="directory/_desk.html", fill=panels.desk)
        add_action_line_column(
            ActionLineColumn(
                "lead_facilitators",
                _("Lead facilitator"),
                10,
                panels.lead_facilitators,
                template="directory/_leads_cell.html",
                plain=lambda rows: [row.organization.short_name for row in rows or ()],
            )
        )
