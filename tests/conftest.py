"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(
    os.environ.get("RAPPORTEUR_SHARED_DATA")
    or Path(__file__).resolve().parents[1].parent / "shared" / "data"
)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real documents and data; skip where it is absent (see CONTRIBUTING)."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"No folder of real documents at {SHARED_DATA} (RAPPORTEUR_SHARED_DATA).")
    return SHARED_DATA
