"""What is read of the directory: organizations and their names, countries and their groups."""

from rapporteur.directory.queries.names import (
    find_organization,
    holders_of_names,
    organizations_by_key,
    parser_names,
)

__all__ = [
    "find_organization",
    "holders_of_names",
    "organizations_by_key",
    "parser_names",
]
