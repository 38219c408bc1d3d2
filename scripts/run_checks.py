"""Run every check that continuous integration runs; each says what to do when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ["src", "tests", "benchmarks", "scripts"]

CHECKS: list[tuple[str, list[str], str]] = [
    ("format", ["ruff", "format", "--check", "--quiet", *CODE], "Run `make format`."),
    ("lint", ["ruff", "check", "--quiet", *CODE], "Run `make format`, then mend what is left."),
    ("types", ["mypy", "src/rapporteur"], "Mend the types."),
    ("architecture", ["lint-imports"], "A room imports only from rooms below it."),
    ("templates", ["djlint", "--lint", "--quiet", "src"], "Mend the templates."),
    ("spelling", ["codespell", "src", "docs", "README.md", "CHANGELOG.md"], "Mend the words."),
    ("dependencies", ["deptry", "."], "Add, move or take out the dependency in pyproject.toml."),
    ("system", ["rapporteur", "check"], "Mend what Django's check names."),
    ("migrations", ["rapporteur", "makemigrations", "--check", "--dry-run"], "Make the migration."),
    ("translations", ["rapporteur", "translations", "check"], "Run `make messages`, translate."),
    ("documentation", ["rapporteur", "docs", "check"], "Document what it names."),
]


def main() -> int:
    environment = {**os.environ, "RAPPORTEUR_HOME": str(ROOT / "build" / "check")}
    environment.pop("DATABASE_URL", None)
    failed = []
    for name, command, mend in CHECKS:
        started = time.monotonic()
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - started
        print(
            f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({seconds:.1f} s)", flush=True
        )
        if done.returncode != 0:
            failed.append(name)
            print((done.stdout + done.stderr).strip())
            print(f"-> {mend}", flush=True)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
        return 1
    print("\nAll checks pass.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
