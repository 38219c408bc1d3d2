"""The door to vl-convert: loaded late, safe among threads, and no way out."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from rapporteur.analysis.charts import Bar, Bars, engine, warm

SPEC = Bars(title="t", rows=(Bar("a", 1), Bar("b", 2)))


def test_the_library_is_loaded_at_the_first_drawing():
    code = (
        "import sys; from rapporteur.analysis.charts import Bar, Bars\n"
        "Bars(title='t', rows=(Bar('a', 1),)).plan()\n"
        "print('vl_convert' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "False"


def test_threads_draw_what_one_draws():
    specs = [replace(SPEC, rows=(Bar("a", value), Bar("b", 50))) for value in range(8)]
    alone = [spec.draw().svg for spec in specs]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda spec: spec.draw().svg, specs))

    assert together == alone


def test_warm_draws_nothing_that_is_kept():
    assert warm() is None


def test_no_data_are_fetched_from_an_address():
    specification = engine.Sheet(10, 10).specification()
    specification["data"] = [{"name": "d", "url": "http://127.0.0.1:9/x.json"}]

    with pytest.raises(ValueError, match=r"(?i)not allowed|denied|access|base"):
        engine.svg(specification)
