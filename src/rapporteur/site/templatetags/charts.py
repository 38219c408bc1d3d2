"""Tags for charts: ``{% load charts %}{% chart figure %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from rapporteur.analysis.charts import Chart
from rapporteur.site.charts import Figure, is_link

register = template.Library()


@register.inclusion_tag("site/charts/figure.html")
def chart(figure: Figure) -> dict[str, Any]:
    """Write the figure: title, drawing, legend, sentence, table and source line."""
    return {"figure": figure}


@register.filter
def drawing(chart: Chart) -> SafeString:
    """Return the drawing as it stands in a page.

    Safe: it is written by the charts' own code, which escapes every text and knows no attribute
    that acts (``analysis.charts.tidying``).
    """
    return mark_safe(chart.svg)  # noqa: S308


@register.filter
def picture_height(chart: Chart) -> int:
    """Return the height of the chart as a file, legend included, in px."""
    return chart.height + chart.legend_height


@register.filter
def linkable(address: str) -> bool:
    """Return whether the address may stand in a link."""
    return is_link(address)
