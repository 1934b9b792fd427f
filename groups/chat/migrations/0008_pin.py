import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0007_message_tells_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pin', serialize=False, to='chat.message')),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
