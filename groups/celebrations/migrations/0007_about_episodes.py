"""A celebration may be about an episode; whose it is stands on it. First empty, filled by the next."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0006_let_go"), ("people", "0008_suspended")]

    operations = [
        migrations.AddField(
            model_name="celebration",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="celebrations",
                to="people.person",
            ),
        ),
    ]
