"""The real files of other registers come in whole, with the mappings that the package carries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rapporteur.directory.actions.loading import load_pack
from rapporteur.register.importing.mappings import carried
from rapporteur.register.importing.running import import_file
from rapporteur.register.models import Activity
from tests.register.importing.conftest import AT

pytestmark = pytest.mark.django_db
FILES = {
    "wsis_prizes_2015_nominated_projects.csv": 223,
    "dpg_registry_2024.jsonl.gz": 172,
    "dpg_archived_nominees.jsonl.gz": 383,
    "undp_digital_technologies_radar.csv": 169,
}


def test_there_is_a_mapping_for_each():
    assert set(carried()) == {name.split(".")[0] for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_real_file_comes_in_whole(shared_data, name):
    path = shared_data / "stocktaking" / name
    load_pack(at=AT)

    first = import_file(path, at=AT)
    second = import_file(path, at=AT + timedelta(hours=1))

    assert (first.rows, first.refused) == (FILES[name], [])
    assert first.accepted + first.unchanged == FILES[name]
    assert (second.unchanged, second.accepted) == (FILES[name], 0)
    assert Activity.objects.count() == first.added
