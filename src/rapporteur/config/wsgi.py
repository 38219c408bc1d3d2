"""The door for web servers (granian, or any WSGI server)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapporteur.config.settings.production")
application = get_wsgi_application()


def settle() -> None:
    """Load what the first readers would wait for, and set it aside from the search for garbage.

    A page leaves a few hundred objects in cycles. They are looked for often, and among what pages
    made alone: through all that is loaded, the search takes longer than a page.
    """
    from rapporteur.analysis.charts import warm

    # Asked for, the addresses load every room's pages.
    get_resolver().url_patterns  # noqa: B018
    warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)


settle()
