import django.db.models.functions.datetime
import keys.time_ordered
from bus.partitions import CreatePartitionedModel
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Chore',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('state', models.CharField(default='open', max_length=10)),
                ('asked', models.PositiveIntegerField(default=1)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('locked_until', models.DateTimeField(blank=True, null=True)),
                ('cause', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_at', 'id'], name='chore_open')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='chore_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dead'])), name='chore_state')],
            },
        ),
        CreatePartitionedModel(
            name='InboxLetter',
            partition_by='letter_id',
            fields=[
                ('pk', models.CompositePrimaryKey('letter_id', 'consumer', blank=True, editable=False, primary_key=True, serialize=False)),
                ('letter_id', models.UUIDField()),
                ('consumer', models.CharField(max_length=80)),
                ('topic', models.CharField(blank=True, max_length=60)),
                ('subject', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(default='done', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('duplicates', models.PositiveIntegerField(default=0)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.JSONField(blank=True, null=True)),
                ('body_digest', models.BinaryField(max_length=32)),
                ('cause', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'letter_id'], name='inbox_waiting'), models.Index(condition=models.Q(('state__in', ['dead', 'parked'])), fields=['state', 'letter_id'], name='inbox_troubled')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['done', 'waiting', 'dead', 'parked'])), name='inbox_state')],
            },
        ),
        CreatePartitionedModel(
            name='OutboxLetter',
            partition_by='id',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=60)),
                ('recipient', models.CharField(blank=True, max_length=60)),
                ('envelope', models.JSONField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('cause', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['due_at', 'id'], name='outbox_unsent'), models.Index(fields=['subject', 'id'], name='outbox_of_case')],
            },
        ),
    ]
