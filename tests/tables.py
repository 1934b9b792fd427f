"""What stands in the tables; and emptying them after a test that committed: only those with rows, telling nobody."""

from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

#: What migrating fills, once; it is the same for every test.
FRAMEWORK = {"auth_permission", "django_content_type", "django_migrations"}


def empty() -> None:
    """Django's own way empties all tables, and then has every application fill them: 60 ms a test for nothing."""
    if full := filled():
        statements = connection.ops.sql_flush(no_style(), full, allow_cascade=True)
        connection.ops.execute_sql_flush(statements)


def filled() -> list[str]:
    """The tables with a row in them."""
    tables = sorted(set(connection.introspection.django_table_names(include_views=False)) - FRAMEWORK)
    names = {table: connection.ops.quote_name(table) for table in tables}
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - our own tables
        for table, name in names.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [row[0] for row in cursor.fetchall()]


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row there is, by its model."""
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in apps.get_models()}
