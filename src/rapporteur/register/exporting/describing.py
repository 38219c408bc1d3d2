"""An archive described in DCAT, as JSON-LD and Turtle."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from rapporteur.register.exporting.archived import Archive

PAGE = "/activities/archive"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/DAILY"


def description(archive: Archive, *, site: str) -> dict[str, str]:
    """Return the texts of ``dcat.jsonld`` and ``dcat.ttl``.

    ``site`` is what addresses begin with; where it is not set they are relative to the site.
    """
    graph = graph_of(archive, site=site)
    return {
        "dcat.jsonld": graph.serialize(format="json-ld", indent=1, auto_compact=True),
        "dcat.ttl": graph.serialize(format="turtle"),
    }


def graph_of(archive: Archive, *, site: str) -> Any:
    """Return the RDF graph: one dataset, a distribution for each file."""
    from rdflib import Graph, Literal, Namespace, URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

    spdx = Namespace("http://spdx.org/rdf/terms#")
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("spdx", spdx)):
        graph.bind(prefix, space)
    dataset = URIRef(f"{site}{PAGE}#register")
    publisher = URIRef(f"{site}/#publisher")
    moment = Literal(archive.made_at.isoformat(), datatype=XSD.dateTime)
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal("WSIS stocktaking: the register", lang="en")))
    words = (
        f"All {archive.rows} published activities of the register: what governments, the private "
        "sector, civil society, international organizations and academia report to have done for "
        "the information society."
    )
    graph.add((dataset, DCTERMS.description, Literal(words, lang="en")))
    for keyword in ("WSIS", "information society", "stocktaking", "ICT for development", "SDG"):
        graph.add((dataset, DCAT.keyword, Literal(keyword, lang="en")))
    graph.add((dataset, DCTERMS.identifier, Literal(archive.name)))
    graph.add((dataset, DCTERMS.issued, moment))
    graph.add((dataset, DCTERMS.modified, moment))
    graph.add((dataset, DCTERMS.accrualPeriodicity, URIRef(FREQUENCY)))
    graph.add((dataset, DCAT.landingPage, URIRef(f"{site}{PAGE}")))
    graph.add((dataset, DCTERMS.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(settings.SITE_NAME)))
    licence = URIRef(archive.licence)
    graph.add((dataset, DCTERMS.license, licence))
    for file in archive.files:
        address = URIRef(f"{site}{PAGE}/{archive.name}/{file.name}")
        graph.add((dataset, DCAT.distribution, address))
        graph.add((address, RDF.type, DCAT.Distribution))
        graph.add((address, DCTERMS.title, Literal(file.name)))
        graph.add((address, DCAT.downloadURL, address))
        graph.add((address, DCAT.accessURL, URIRef(f"{site}{PAGE}")))
        graph.add((address, DCAT.mediaType, media(file.media_type)))
        if file.packed:
            graph.add((address, DCAT.compressFormat, media("application/gzip")))
        graph.add((address, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
        graph.add((address, DCTERMS.license, licence))
        graph.add((address, DCTERMS.issued, moment))
        checksum = URIRef(f"{address}#checksum")
        graph.add((address, spdx.checksum, checksum))
        graph.add((checksum, RDF.type, spdx.Checksum))
        graph.add((checksum, spdx.algorithm, spdx.checksumAlgorithm_sha256))
        graph.add((checksum, spdx.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return graph


def media(media_type: str) -> Any:
    from rdflib import URIRef

    plain = media_type.partition(";")[0]
    return URIRef(f"https://www.iana.org/assignments/media-types/{plain}")
