"""The register's search page, an activity, one of its versions, its photographs."""

from django.views import View


class Activities(View):
    pass


class ActivityPage(View):
    pass


class VersionPage(View):
    pass


class PhotographFile(View):
    pass
