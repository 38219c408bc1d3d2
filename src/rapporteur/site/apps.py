from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "rapporteur.site"
    label = "site"
