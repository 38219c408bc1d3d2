"""The vocabularies as linked data: SKOS in Turtle and JSON-LD.

A concept's identifier is the address of its page in English; a scheme's is the address of its list.
A link between two concepts is ``skos:relatedMatch``; its reason and source stand on a statement
about the link, whose identifier is the link's place on the page of the concept it leads from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import translation
from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, URIRef

from rapporteur.framework.models import Concept, ConceptScheme, Mapping

MEDIA_TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
CONTEXT = {
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "owl": str(OWL),
    "rdf": str(RDF),
    "xsd": str(XSD),
}
# Names are kept under the two letters of the language; Chinese ones are in simplified signs.
TAGS = {"zh": "zh-Hans"}


def graph_of(
    schemes: Iterable[ConceptScheme],
    links: Iterable[Mapping],
    *,
    absolute: Callable[[str], str],
) -> Graph:
    """Return schemes (with ``listed`` concepts) and links as one graph.

    ``absolute`` makes a path an address. The graph is the same in whatever language it is asked.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in CONTEXT.items():
        graph.bind(prefix, namespace)
    with translation.override("en"):
        for scheme in schemes:
            add_scheme(graph, scheme, absolute)
        for link in links:
            add_link(graph, link, absolute)
    return graph


def tag(language: str) -> str:
    """Return the language tag of a name."""
    return TAGS.get(language, language)


def add_scheme(graph: Graph, scheme: ConceptScheme, absolute: Callable[[str], str]) -> None:
    """Add a scheme and its concepts."""
    subject = URIRef(absolute(scheme.get_absolute_url()))
    graph.add((subject, RDF.type, SKOS.ConceptScheme))
    graph.add((subject, DCTERMS.identifier, Literal(scheme.code)))
    for language, title in scheme.titles.items():
        graph.add((subject, DCTERMS.title, Literal(title, lang=tag(language))))
    if scheme.description:
        graph.add((subject, DCTERMS.description, Literal(scheme.description, lang="en")))
    add_source(graph, subject, scheme.source, scheme.source_link)
    for concept in scheme.listed:  # type: ignore[attr-defined]
        add_concept(graph, concept, subject, absolute)


def add_concept(
    graph: Graph, concept: Concept, scheme: URIRef, absolute: Callable[[str], str]
) -> None:
    """Add one concept; a retired one is marked ``owl:deprecated``."""
    subject = URIRef(absolute(concept.get_absolute_url()))
    graph.add((subject, RDF.type, SKOS.Concept))
    graph.add((subject, SKOS.inScheme, scheme))
    graph.add((subject, SKOS.notation, Literal(concept.code)))
    for language, name in concept.names.items():
        graph.add((subject, SKOS.prefLabel, Literal(name, lang=tag(language))))
    for language, name in concept.short_names.items():
        # SKOS keeps preferred and other labels apart.
        if name != concept.names.get(language):
            graph.add((subject, SKOS.altLabel, Literal(name, lang=tag(language))))
    if concept.definition:
        graph.add((subject, SKOS.definition, Literal(concept.definition, lang="en")))
    if concept.broader is not None:
        broader = URIRef(absolute(concept.broader.get_absolute_url()))
        graph.add((subject, SKOS.broader, broader))
        graph.add((broader, SKOS.narrower, subject))
    else:
        graph.add((subject, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, subject))
    if concept.retired_at is not None:
        graph.add((subject, OWL.deprecated, Literal(True)))
    add_source(graph, subject, concept.source, concept.source_link)


def add_link(graph: Graph, link: Mapping, absolute: Callable[[str], str]) -> None:
    """Add one link, and the statement that carries its reason and source."""
    source = URIRef(absolute(link.source_concept.get_absolute_url()))
    target = URIRef(absolute(link.target_concept.get_absolute_url()))
    graph.add((source, SKOS.relatedMatch, target))
    statement = URIRef(f"{source}#{link.anchor}")
    graph.add((statement, RDF.type, RDF.Statement))
    graph.add((statement, RDF.subject, source))
    graph.add((statement, RDF.predicate, SKOS.relatedMatch))
    graph.add((statement, RDF.object, target))
    graph.add((statement, SKOS.note, Literal(link.rationale, lang="en")))
    add_source(graph, statement, link.source, link.source_link)


def add_source(graph: Graph, subject: URIRef, source: str, link: str) -> None:
    """Add where something is from: its name and, where known, its address."""
    if source:
        graph.add((subject, DCTERMS.source, Literal(source)))
    if link:
        graph.add((subject, DCTERMS.source, URIRef(link)))


def written(graph: Graph, form: str) -> tuple[str, str]:
    """Return the media type and text of a graph: ``form`` is ``ttl`` or ``jsonld``."""
    if form == "ttl":
        return MEDIA_TYPES[form], graph.serialize(format="turtle")
    return MEDIA_TYPES[form], graph.serialize(
        format="json-ld", context=CONTEXT, indent=1, auto_compact=False
    )
