import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def band_of_teens(apps, schema_editor):
    """Programs for teens that stand already are taken to be for the youngest: the stricter rules."""
    apps.get_model("programs", "Program").objects.filter(track="teen").update(age_band="13-17")


class Migration(migrations.Migration):

    dependencies = [
        ('programs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('facilitator', 'Facilitator'), ('moderator', 'Moderator'), ('coordinator', 'Coordinator'), ('administrator', 'Administrator')], max_length=14)),
                ('began', models.DateTimeField()),
                ('ends', models.DateTimeField(null=True)),
                ('closed', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('admission', models.CharField(choices=[('rolling', 'People join at any time'), ('closed', 'Everybody starts together')], max_length=8)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('zone', models.CharField(max_length=64)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('created', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Enrollment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('began', models.DateField()),
                ('ended', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('graduated', 'Finished the program'), ('withdrawn', 'Left before the end'), ('transferred', 'Went on in another program or group'), ('other', 'Another reason')], default='', max_length=12)),
                ('farewell', models.CharField(blank=True, choices=[('line', 'A line that my time in this group has ended'), ('nothing', 'Nothing')], default='', max_length=8)),
                ('away_since', models.DateTimeField(null=True)),
                ('asked_back', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('residential', 'Residential'), ('php', 'Partial hospitalization'), ('iop', 'Intensive outpatient'), ('taper', 'Taper'), ('outpatient', 'Outpatient'), ('alumni', 'Alumni')], max_length=12)),
                ('began', models.DateField()),
            ],
            options={
                'ordering': ['began'],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('starts', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['weekday', 'starts'],
            },
        ),
        migrations.AddField(
            model_name='program',
            name='age_band',
            field=models.CharField(blank=True, choices=[('13-17', '13 to 17'), ('18-25', '18 to 25')], default='', max_length=5),
        ),
        migrations.AddField(
            model_name='program',
            name='language',
            field=models.CharField(default='en', max_length=5),
        ),
        migrations.RunPython(band_of_teens, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('age_band__in', ['13-17', '18-25']), ('track', 'teen')), models.Q(models.Q(('track', 'teen'), _negated=True), ('age_band', '')), _connector='OR'), name='program_age_band_of_teens'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appointment',
            name='program',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='programs.program'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='programs.program'),
        ),
        migrations.AddField(
            model_name='appointment',
            name='cohort',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='programs.cohort'),
        ),
        migrations.AddField(
            model_name='enrollment',
            name='cohort',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='programs.cohort'),
        ),
        migrations.AddField(
            model_name='enrollment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='enrollment',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='programs.program'),
        ),
        migrations.AddField(
            model_name='phase',
            name='enrollment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='programs.enrollment'),
        ),
        migrations.AddField(
            model_name='slot',
            name='cohort',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='programs.cohort'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('admission__in', ['rolling', 'closed'])), name='cohort_admission_is_known'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 60)), name='cohort_capacity_is_small'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='cohort_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('admission', 'rolling'), ('ends__isnull', False), _connector='OR'), name='cohort_closed_one_ends'),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['person', 'closed'], name='appointment_person_closed'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['facilitator', 'moderator', 'coordinator', 'administrator'])), name='appointment_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('program__isnull', False), models.Q(('cohort', None), ('role', 'administrator')), _connector='OR'), name='appointment_of_all_is_an_administrators'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('cohort', None), ('role__in', ['facilitator', 'moderator']), _connector='OR'), name='appointment_to_a_cohort_is_for_its_room'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('began')), _connector='OR'), name='appointment_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('closed', False), ('ends__isnull', False), _connector='OR'), name='appointment_closes_ended'),
        ),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(fields=['cohort', 'ended'], name='enrollment_cohort_ended'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('person', 'program'), name='enrollment_open_once_a_program'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended', None), ('outcome', '')), models.Q(('ended__gte', models.F('began')), ('ended__isnull', False), ('outcome__in', ['graduated', 'withdrawn', 'transferred', 'other'])), _connector='OR'), name='enrollment_ends_whole'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('farewell', ''), ('farewell__in', ['line', 'nothing']), _connector='OR'), name='enrollment_farewell_is_known'),
        ),
        migrations.AddConstraint(
            model_name='enrollment',
            constraint=models.CheckConstraint(condition=models.Q(('away_since', None), ('ended', None), _connector='OR'), name='enrollment_away_only_while_open'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('enrollment', 'began'), name='phase_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['residential', 'php', 'iop', 'taper', 'outpatient', 'alumni'])), name='phase_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('cohort', 'weekday', 'starts'), name='slot_once'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__in', [0, 1, 2, 3, 4, 5, 6])), name='slot_weekday_is_one'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 15), ('minutes__lte', 360)), name='slot_length_is_possible'),
        ),
    ]
