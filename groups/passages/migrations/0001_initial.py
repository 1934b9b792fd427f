import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('membership', '0003_cohorts_and_endings'),
        ('programs', '0002_cohorts_and_episodes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AlumniOffer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('offered', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('not_now', 'Not now')], default='', max_length=8)),
                ('answered', models.DateTimeField(null=True)),
                ('asks_again', models.DateTimeField(null=True)),
                ('enrollment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='alumni_offer', to='programs.enrollment')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='membership.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alumni_offers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered', None)), models.Q(('answer__in', ['yes', 'not_now']), ('answered__isnull', False)), _connector='OR'), name='alumni_offer_is_answered_whole'), models.CheckConstraint(condition=models.Q(('asks_again', None), ('answer', 'not_now'), _connector='OR'), name='alumni_offer_asks_again_after_not_now')],
            },
        ),
        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('enrollment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='leaving', serialize=False, to='programs.enrollment')),
                ('then', models.CharField(choices=[('class_room', 'It stays, and only reads'), ('own_span', 'It ends, and its own time stays readable'), ('closed', 'It ends, and nothing of it stays readable')], max_length=10)),
                ('due', models.DateTimeField()),
                ('told', models.DateTimeField(null=True)),
                ('done', models.DateTimeField(null=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='membership.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['done', 'due'], name='leaving_done_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('then__in', ['class_room', 'own_span', 'closed'])), name='leaving_then_is_known')],
            },
        ),
    ]
