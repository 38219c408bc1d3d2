"""The database itself refuses to change or delete a row of the audit trail."""

from django.db import migrations

SQLITE_TRIGGERS = ("update", "delete")


def forbid(apps, schema_editor):
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        execute(
            """
            CREATE FUNCTION common_auditevent_append_only() RETURNS trigger AS $$
            BEGIN
              RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = '23000';
            END;
            $$ LANGUAGE plpgsql
            """
        )
        execute(
            """
            CREATE TRIGGER common_auditevent_append_only
            BEFORE UPDATE OR DELETE ON common_auditevent
            FOR EACH ROW EXECUTE FUNCTION common_auditevent_append_only()
            """
        )
    else:
        for event in SQLITE_TRIGGERS:
            execute(
                f"""
                CREATE TRIGGER common_auditevent_no_{event}
                BEFORE {event} ON common_auditevent
                BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END
                """
            )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER common_auditevent_append_only ON common_auditevent")
        schema_editor.execute("DROP FUNCTION common_auditevent_append_only()")
    else:
        for event in SQLITE_TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER common_auditevent_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
