import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('agreement', 'How we are with each other here'), ('alumni_room', 'A seat in an alumni room')], max_length=20)),
                ('subject', models.CharField(blank=True, default='', max_length=80)),
                ('version', models.PositiveSmallIntegerField()),
                ('language', models.CharField(max_length=5)),
                ('digest', models.CharField(max_length=64)),
                ('channel', models.CharField(choices=[('page', 'On a page'), ('api', 'By a program of their own'), ('paper', 'On paper')], max_length=5)),
                ('given', models.DateTimeField()),
                ('revoked', models.DateTimeField(null=True)),
                ('superseded', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked', None), ('superseded', None)), fields=('person', 'purpose', 'subject'), name='consent_live_once'), models.CheckConstraint(condition=models.Q(('purpose__in', ['agreement', 'alumni_room'])), name='consent_purpose_is_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['page', 'api', 'paper'])), name='consent_channel_is_known'), models.CheckConstraint(condition=models.Q(('revoked', None), ('superseded', None), _connector='OR'), name='consent_ends_one_way')],
            },
        ),
    ]
