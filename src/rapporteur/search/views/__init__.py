"""The page of results, and what other rooms build their own pages of results from."""

from rapporteur.search.views.addresses import address, question_of
from rapporteur.search.views.results import Export, Results, add_link

__all__ = ["Export", "Results", "add_link", "address", "question_of"]
