"""The search for garbage is as it was, however works overlap."""

from __future__ import annotations

import gc

import pytest

from rapporteur.common.garbage import SELDOM, seldom_collecting


def test_works_that_overlap_leave_the_search_as_it_was():
    before = gc.get_threshold()
    first, second = seldom_collecting(), seldom_collecting()

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    meanwhile = gc.get_threshold()
    second.__exit__(None, None, None)

    assert meanwhile == SELDOM
    assert gc.get_threshold() == before != SELDOM


def test_work_that_breaks_leaves_the_search_as_it_was():
    before = gc.get_threshold()

    with pytest.raises(LookupError), seldom_collecting():
        raise LookupError

    assert gc.get_threshold() == before
