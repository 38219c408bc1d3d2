"""The database itself freezes the rules of a call that was opened, and what is kept of it.

Rules change with an amendment of the next number, the closing time with an extension to it; both
rows, and submissions, never change. Links to accounts are left out: an account that is deleted is
emptied there. On SQLite a later migration that rebuilds one of these tables drops its triggers:
it must run ``freeze`` again.
"""

from django.db import migrations

# A copy of models.calls.RULES as it was: a migration does not change with the code.
RULES = (
    "titles",
    "purposes",
    "notices",
    "mandate_id",
    "mandate_note",
    "audience",
    "stakeholder_group_id",
    "questionnaire",
    "private_questions",
    "identifying_questions",
    "zone",
    "opens_at",
    "consents",
    "retention_months",
    "words_at_most",
    "moderation",
    "one_per_organization",
)
KEPT = {
    "calls_extension": ("call_id", "number", "closed_before", "closes_after", "reason", "at"),
    "calls_amendment": ("call_id", "number", "changes", "reason", "at"),
    "calls_responseversion": (
        "response_id",
        "number",
        "answers",
        "language",
        "consent",
        "rules_number",
        "form_token",
        "submitted_at",
    ),
}
FROZEN = "The rules of a call that was opened change by an amendment only."
TIMED = "The closing time of a call that was opened changes by an extension only."
REOPENED = "A call that was opened is never a draft again."
STAYS = "This row is kept as it is."


def conditions(differs):
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in RULES)
    amended = (
        "NEW.rules_number = OLD.rules_number + 1 AND EXISTS (SELECT 1 FROM calls_amendment a "
        "WHERE a.call_id = NEW.id AND a.number = NEW.rules_number)"
    )
    extended = (
        "EXISTS (SELECT 1 FROM calls_extension e WHERE e.call_id = NEW.id "
        "AND e.closed_before = OLD.closes_at AND e.closes_after = NEW.closes_at)"
    )
    return (
        (
            f"OLD.state <> 'draft' AND (({changed}) OR OLD.rules_number {differs} "
            f"NEW.rules_number) AND NOT ({amended})",
            FROZEN,
        ),
        (
            f"OLD.state <> 'draft' AND OLD.closes_at {differs} NEW.closes_at AND NOT ({extended})",
            TIMED,
        ),
        ("OLD.state <> 'draft' AND NEW.state = 'draft'", REOPENED),
    )


def freeze(apps, schema_editor):
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        checks = "".join(
            f"IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = '23000'; END IF;\n"
            for condition, words in conditions("IS DISTINCT FROM")
        )
        execute(
            f"""
            CREATE FUNCTION calls_call_rules() RETURNS trigger AS $$
            BEGIN
              {checks}
              RETURN NEW;
            END;
            $$ LANGUAGE plpgsql
            """
        )
        execute(
            "CREATE TRIGGER calls_call_rules BEFORE UPDATE ON calls_call "
            "FOR EACH ROW EXECUTE FUNCTION calls_call_rules()"
        )
        execute(
            f"""
            CREATE FUNCTION calls_row_stays() RETURNS trigger AS $$
            BEGIN
              RAISE EXCEPTION '{STAYS}' USING ERRCODE = '23000';
            END;
            $$ LANGUAGE plpgsql
            """
        )
        for table, columns in KEPT.items():
            execute(
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION calls_row_stays()"
            )
        return
    for number, (condition, words) in enumerate(conditions("IS NOT"), start=1):
        execute(
            f"CREATE TRIGGER calls_call_rules_{number} BEFORE UPDATE ON calls_call "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    for table, columns in KEPT.items():
        execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        )


def thaw(apps, schema_editor):
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        execute("DROP TRIGGER calls_call_rules ON calls_call")
        execute("DROP FUNCTION calls_call_rules()")
        for table in KEPT:
            execute(f"DROP TRIGGER {table}_stays ON {table}")
        execute("DROP FUNCTION calls_row_stays()")
        return
    for number in (1, 2, 3):
        execute(f"DROP TRIGGER calls_call_rules_{number}")
    for table in KEPT:
        execute(f"DROP TRIGGER {table}_stays")


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
