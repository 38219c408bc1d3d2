"""Charts drawn on the server: specs in, SVG and PNG out. No Django, no database, no script.

chart = Bars(title="Activities", rows=(Bar("C1", 12), Bar("C2", 30))).draw()
chart.svg, chart.file, chart.png(), chart.table
"""

from rapporteur.analysis.charts.chart import Chart, Key, Row, Table, Words
from rapporteur.analysis.charts.engine import warm
from rapporteur.analysis.charts.specs import (
    NARROW,
    WIDE,
    Bar,
    Bars,
    Parts,
    Series,
    SmallMultiples,
    Spec,
    StackedBars,
    Timeline,
    WorldMap,
)

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "Bars",
    "Chart",
    "Key",
    "Parts",
    "Row",
    "Series",
    "SmallMultiples",
    "Spec",
    "StackedBars",
    "Table",
    "Timeline",
    "Words",
    "WorldMap",
    "warm",
]
