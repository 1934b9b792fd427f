import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0002_former_names'),
        ('programs', '0002_cohorts_and_episodes'),
    ]

    operations = [
        migrations.AddField(
            model_name='group',
            name='cohort',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='group', to='programs.cohort'),
        ),
        migrations.AddField(
            model_name='membership',
            name='closed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'alumni')), fields=('program',), name='group_alumni_room_once_a_program'),
        ),
    ]
