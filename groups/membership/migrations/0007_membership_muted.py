from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0006_group_quiet_until'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='muted',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
