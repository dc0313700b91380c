import django.db.models.deletion
import keys.time_ordered
from bus.partitions import CreatePartitionedModel
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_blobs'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('series', models.CharField(max_length=160, primary_key=True, serialize=False)),
                ('value', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='StatusPlace',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='CertificateType',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('type_code', models.CharField(max_length=21, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('holder_kind', models.CharField(max_length=10)),
                ('issuer_function', models.CharField(max_length=40)),
                ('face_schema', models.JSONField()),
                ('face_labels', models.JSONField(default=list)),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('grade', models.CharField(default='A', max_length=1)),
                ('number_rule', models.CharField(max_length=100)),
                ('design', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('holder_kind__in', ['person', 'enterprise', 'either'])), name='type_holder_kind'), models.CheckConstraint(condition=models.Q(('grade__in', ['A', 'B', 'C', 'D'])), name='type_grade')],
            },
        ),
        CreatePartitionedModel(
            name='CertificateUse',
            partition_by='id',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('certificate_id', models.UUIDField()),
                ('grant_id', models.UUIDField(null=True)),
                ('case_id', models.UUIDField(null=True)),
                ('user', models.CharField(max_length=100)),
                ('purpose', models.CharField(max_length=200)),
                ('fields', models.JSONField(default=list)),
                ('actor', models.CharField(max_length=80)),
            ],
            options={
                'indexes': [models.Index(fields=['certificate_id', '-id'], name='use_of_certificate')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('identifier', models.CharField(max_length=120, unique=True)),
                ('number', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('holder_name', models.CharField(max_length=200)),
                ('face', models.JSONField()),
                ('status', models.CharField(default='issuing', max_length=12)),
                ('status_reason', models.CharField(blank=True, max_length=200)),
                ('status_at', models.DateTimeField()),
                ('status_index', models.BigIntegerField(unique=True)),
                ('issued_on', models.DateField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('source_case', models.UUIDField(null=True)),
                ('source_number', models.CharField(blank=True, max_length=50)),
                ('source_step', models.CharField(blank=True, max_length=40)),
                ('statement', models.TextField(blank=True)),
                ('enterprise', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.enterprise')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.blob')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.department')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='ecert.certificate')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ecert.certificatetype')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-id'], name='cert_of_person'), models.Index(condition=models.Q(('enterprise__isnull', False)), fields=['enterprise', '-id'], name='cert_of_enterprise')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_case__isnull', False)), fields=('source_case', 'source_step', 'type', 'version'), name='certificate_once_a_case'), models.UniqueConstraint(fields=('type', 'number', 'version'), name='certificate_number_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='certificate_version'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='certificate_period'), models.CheckConstraint(condition=models.Q(models.Q(('enterprise__isnull', True), ('person__isnull', False)), models.Q(('enterprise__isnull', False), ('person__isnull', True)), _connector='OR'), name='certificate_one_holder'), models.CheckConstraint(condition=models.Q(('status__in', ['issuing', 'valid', 'suspended', 'revoked', 'cancelled', 'superseded'])), name='certificate_status')],
            },
        ),
        migrations.CreateModel(
            name='UseGrant',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('item_code', models.CharField(max_length=36)),
                ('purpose', models.CharField(max_length=200)),
                ('basis', models.CharField(max_length=10)),
                ('legal_basis', models.CharField(blank=True, max_length=200)),
                ('fields', models.JSONField()),
                ('granted_at', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['case_id', '-id'], name='grant_of_case')],
            },
        ),
    ]
