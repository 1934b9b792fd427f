"""What a message is found by: a column beside its words, gone when they are."""

from django.db import migrations, models

from groups.chat.search import sought

BATCH = 500


def fill(apps, schema_editor):
    """Words that stand already are found as well."""
    Message = apps.get_model("chat", "Message")
    standing = Message.objects.filter(removed=None, kind="text", sought=None).exclude(body=None)
    last = None
    while rows := list((standing.filter(pk__gt=last) if last else standing).order_by("pk")[:BATCH]):
        for row in rows:
            row.sought = sought(row.body, row.content_note)
        Message.objects.bulk_update(rows, ["sought"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("chat", "0003_released")]

    operations = [
        migrations.AddField("message", "sought", models.TextField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(sought=None) | models.Q(removed=None), name="message_removed_words_are_not_found"
            ),
        ),
    ]
