"""The stop link of a notice, for walking the address that every mail bears."""

from __future__ import annotations

from typing import Any

from rapporteur.common.notices import registry
from rapporteur.common.notices.links import stop_token
from rapporteur.common.policy import Relation


def stop(relation: Relation, account: Any | None) -> dict[str, Any]:
    registry.add_notice_kind(
        "tests.walked",
        label="Mails of a walk",
        describe=lambda about: "A walk",
        wanted=lambda about: True,
        stop=lambda about, at: None,
    )
    return {"token": stop_token("tests.walked", "1")}


SUBJECTS = {"notices:stop": stop}
