from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "rapporteur.site"
    label = "site"

    def ready(self) -> None:
        from rapporteur.site import queries, registry

        registry.add_panel(
            "site.desk",
            order=80,
            template="site/_desk_errors.html",
            fill=lambda request, record: {"count": queries.open_error_count()},
        )
