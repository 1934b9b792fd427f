from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_person_closed'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='suspended',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
