"""The index each database finds words by.

PostgreSQL: GIN over the kept words, built beside whoever writes meanwhile. SQLite: FTS5, kept in step by triggers, so that
no writer can forget it; a message has its number there in a table of its own, since a row number of SQLite may change.
Django rebuilds a table of SQLite to alter it and loses its triggers then: a later migration of `chat_message` ends with
`keep_in_step` again, and tests/groups/test_search.py notices.
"""

from django.db import migrations

POSTGRESQL = """
CREATE INDEX CONCURRENTLY chat_message_sought ON chat_message
USING gin (array_to_tsvector(string_to_array(sought, ' '))) WHERE sought IS NOT NULL
"""
SQLITE = """
CREATE TABLE chat_sought_place (id integer PRIMARY KEY, message_id char(32) NOT NULL UNIQUE);
CREATE VIRTUAL TABLE chat_sought USING fts5(words, tokenize = 'ascii', prefix = '3');
INSERT INTO chat_sought_place (message_id) SELECT id FROM chat_message WHERE sought IS NOT NULL;
INSERT INTO chat_sought (rowid, words)
SELECT place.id, message.sought FROM chat_sought_place place JOIN chat_message message ON message.id = place.message_id;
"""
FORGET = """
  DELETE FROM chat_sought WHERE rowid = (SELECT id FROM chat_sought_place WHERE message_id = old.id);
  DELETE FROM chat_sought_place WHERE message_id = old.id;
"""
KEEP = """
  INSERT INTO chat_sought_place (message_id) SELECT new.id WHERE new.sought IS NOT NULL;
  INSERT INTO chat_sought (rowid, words)
  SELECT id, new.sought FROM chat_sought_place WHERE message_id = new.id;
"""
TRIGGERS = {
    "chat_sought_insert": f"AFTER INSERT ON chat_message WHEN new.sought IS NOT NULL BEGIN {KEEP} END",
    "chat_sought_delete": f"AFTER DELETE ON chat_message WHEN old.sought IS NOT NULL BEGIN {FORGET} END",
    "chat_sought_update": f"AFTER UPDATE OF sought ON chat_message WHEN new.sought IS NOT old.sought BEGIN {FORGET} {KEEP} END",
}


def keep_in_step(apps, schema_editor):
    """The triggers of SQLite; once more does no harm."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for name, what in TRIGGERS.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        schema_editor.execute(f"CREATE TRIGGER {name} {what}")


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS chat_message_sought")  # half built, if it was stopped
        schema_editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE.strip().split(";\n"):
            schema_editor.execute(statement)
    keep_in_step(apps, schema_editor)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX CONCURRENTLY IF EXISTS chat_message_sought")
        return
    for name in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {name}")
    for table in ("chat_sought", "chat_sought_place"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    atomic = False  # CONCURRENTLY wants none
    dependencies = [("chat", "0004_sought")]
    operations = [migrations.RunPython(build, drop)]
