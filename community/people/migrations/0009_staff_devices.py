from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_suspended'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='staff_since',
            field=models.DateTimeField(null=True),
        ),
    ]
