"""The command `rapporteur`: a thin face over the rooms' actions and queries.

`rapporteur library parse` and `rapporteur analysis classify`, `evaluate` and `themes` run without
Django; all else is a management command of a room, named
`room verb` (`rapporteur library import …`), or one of Django's own (`check`, `migrate`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

SETTINGS = "rapporteur.config.settings.demonstration"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:2] == ["library", "parse"]:
        from rapporteur.analysis.documents.command import main as parse

        return parse(arguments[2:])
    if arguments[:2] == ["analysis", "classify"]:
        from rapporteur.analysis.classify.command import main as classify

        return classify(arguments[2:])
    if arguments[:2] == ["analysis", "evaluate"]:
        from rapporteur.analysis.classify.evaluation.command import main as evaluate

        return evaluate(arguments[2:])
    if arguments[:2] == ["analysis", "themes"]:
        from rapporteur.analysis.themes.command import main as themes

        return themes(arguments[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.management import ManagementUtility

    ManagementUtility(["rapporteur", *arguments]).execute()
    return 0


if __name__ == "__main__":
    sys.exit(main())
