"""A celebration is about a run or about an episode, and of an episode there is one of each kind."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("celebrations", "0008_whose"), ("programs", "0007_two_people")]

    operations = [
        migrations.AlterField(
            model_name="celebration",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="celebrations", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="celebration",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="celebrations",
                to="milestones.run",
            ),
        ),
        migrations.AddField(
            model_name="celebration",
            name="episode",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="celebrations",
                to="programs.enrollment",
            ),
        ),
        migrations.AddField(
            model_name="celebration",
            name="next_at",
            field=models.DateTimeField(db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name="celebration",
            name="code",
            field=models.CharField(max_length=10),
        ),
        migrations.AddConstraint(
            model_name="celebration",
            constraint=models.UniqueConstraint(fields=("episode", "code"), name="celebration_once_an_episode"),
        ),
        migrations.AddConstraint(
            model_name="celebration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("episode__isnull", False), ("run", None)),
                    models.Q(("episode", None), ("run__isnull", False)),
                    _connector="OR",
                ),
                name="celebration_is_about_one_thing",
            ),
        ),
    ]
