"""The documentation, held against the code: settings, commands, addresses, policy, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from rapporteur.common import policy

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "rapporteur"
READ_VARIABLE = re.compile(
    r"""(?:env(?:\.\w+)?|required|environ(?:\.get)?)\s*[\(\[]\s*["']([A-Z][A-Z0-9_]+)["']"""
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def addresses() -> list[tuple[str, str]]:
    """Return (route, view name) of every address, in the order they are tried, without prefix."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            route = "" if "LocalePrefix" in type(pattern.pattern).__name__ else str(pattern.pattern)
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, prefix + route, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + str(pattern.pattern), namespace + pattern.name


def policy_page() -> str:
    """Return the text of ``docs/reference/policy.md``: the policy table, row by row."""
    lines = [
        "# Who may do what",
        "",
        "Made by `rapporteur docs write` from each room's `policy.py`; a test walks every row with",
        "every role. A number is the status that the role gets: 200 and 302 are success, 403 is a",
        "refusal, 404 and 410 say that there is no such record (any more). An anonymous visitor",
        "who is refused is sent to sign in (302).",
        "",
        "| address name | method | relation | " + " | ".join(policy.Role) + " |",
        "|---|---|---|" + "---|" * len(policy.Role),
    ]
    for (name, method), row in sorted(policy.table().rows.items()):
        for relation, access in row.access.items():
            statuses = " | ".join(
                f"→{access.status(role)}"
                if role is policy.Role.ANONYMOUS and role not in access.roles
                else str(access.status(role))
                for role in policy.Role
            )
            lines.append(f"| `{name}` | {method} | {relation} | {statuses} |")
    return "\n".join(lines) + "\n"


def addresses_page() -> str:
    """Return the text of ``docs/reference/addresses.md``: every public address with its name."""
    lines = [
        "# Addresses",
        "",
        "Made by `rapporteur docs write`. English stands without a prefix; the other languages",
        "have theirs (`/ar/…`, `/zh-hans/…`, `/fr/…`, `/ru/…`, `/es/…`). Lists answer with",
        "`?format=csv` and `?format=json` too. An address that is published does not change.",
        "",
        "| address | name |",
        "|---|---|",
    ]
    lines += [f"| `/{route}` | `{name}` |" for route, name in addresses()]
    return "\n".join(lines) + "\n"


PAGES = {
    "reference/policy.md": policy_page,
    "reference/addresses.md": addresses_page,
}


def write() -> list[str]:
    """Write the pages that are made from the code; return their names."""
    for name, make in PAGES.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), encoding="utf-8")
    return list(PAGES)


def variables() -> set[str]:
    """Return the names of all environment variables that the code reads."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        found |= set(READ_VARIABLE.findall(path.read_text(encoding="utf-8")))
    return found - {"DJANGO_SETTINGS_MODULE", "TEST_DATABASE_URL", "PATH"}


def commands() -> set[str]:
    """Return the names of the project's own commands."""
    return {name for name, app in get_commands().items() if app.startswith("rapporteur.")}


def problems() -> Iterator[str]:
    """Yield one line for each thing that the documentation lacks or has wrong."""
    for name, make in PAGES.items():
        path = DOCS / name
        if not path.is_file() or path.read_text(encoding="utf-8") != make():
            yield f"docs/{name} is not what the code says: run `rapporteur docs write`."
    settings_page = _text("reference/settings.md")
    for name in sorted(variables()):
        if f"`{name}`" not in settings_page:
            yield f"docs/reference/settings.md does not name the variable {name}."
    commands_page = _text("reference/commands.md")
    for name in sorted(commands()):
        if f"`rapporteur {name}" not in commands_page:
            yield f"docs/reference/commands.md does not name the command `rapporteur {name}`."
    yield from broken_links()


def broken_links() -> Iterator[str]:
    """Yield one line for each relative link of a page that leads nowhere."""
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *SOURCE.rglob("README.md")]
    for page in sorted(pages):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (page.parent / target).exists():
                yield f"{page.relative_to(ROOT)}: the link {target} leads nowhere."


def _text(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""
