import django.db.models.deletion
import keys.time_ordered
from bus.partitions import CreatePartitionedModel
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('credit_code', models.CharField(max_length=18, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(max_length=300)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('sign_in_name', models.CharField(max_length=64, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('failed_attempts', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(blank=True, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'abstract': False,
            },
        ),
        CreatePartitionedModel(
            name='AuditRecord',
            partition_by='id',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=80)),
                ('acting_for', models.CharField(blank=True, max_length=80)),
                ('action', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(max_length=40)),
                ('subject_id', models.CharField(max_length=60)),
                ('outcome', models.CharField(max_length=40)),
                ('details', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', 'id'], name='audit_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='CommandReceipt',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('actor', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('command', models.CharField(max_length=40)),
                ('body_digest', models.BinaryField(max_length=32)),
                ('outcome', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('actor', 'key'), name='receipt_once')],
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.division')),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('function', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('credit_code', models.CharField(max_length=18)),
                ('document_word', models.CharField(max_length=20)),
                ('channel', models.CharField(default='desk', max_length=10)),
                ('review_body', models.CharField(blank=True, max_length=100)),
                ('court', models.CharField(blank=True, max_length=100)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.division')),
            ],
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('staff_number', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('role', models.CharField(max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='people.department')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('id_kind', models.CharField(default='111', max_length=3)),
                ('id_number_sealed', models.BinaryField()),
                ('id_number_digest', models.BinaryField(max_length=32)),
                ('id_number_mask', models.CharField(max_length=32)),
                ('phone_sealed', models.BinaryField(blank=True, null=True)),
                ('phone_mask', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('id_kind', 'id_number_digest'), name='person_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('items', models.JSONField(default=list)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.enterprise')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='people.person')),
            ],
        ),
        migrations.AddField(
            model_name='enterprise',
            name='legal_representative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represents', to='people.person'),
        ),
        migrations.AddField(
            model_name='account',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person'),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('refresh_digest', models.BinaryField(max_length=32)),
                ('rotated_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('acting_department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.department')),
                ('acting_enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.enterprise')),
            ],
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.UniqueConstraint(fields=('function', 'division'), name='department_once_a_division'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['desk', 'system'])), name='department_channel'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['counter', 'officer', 'approver', 'supervisor'])), name='officer_role'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.UniqueConstraint(fields=('account', 'department', 'role', 'valid_from'), name='officer_once'),
        ),
    ]
