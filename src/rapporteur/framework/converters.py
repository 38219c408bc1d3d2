"""Parts of addresses: a concept's code, and the form of a file."""

from django.urls import register_converter

from rapporteur.framework.packs import CODE_FORM


class CodeConverter:
    """A concept's code: ``C7.4``, ``SDG9.c``, ``GDC-11a``, ``theme:financing``."""

    regex = CODE_FORM

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormConverter(CodeConverter):
    """The form of a vocabulary's file: Turtle, JSON-LD or CSV."""

    regex = "ttl|jsonld|csv"


register_converter(CodeConverter, "code")
register_converter(FormConverter, "form")
