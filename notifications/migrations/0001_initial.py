import django.db.models.deletion
import keys.time_ordered
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=keys.time_ordered.time_ordered_id, editable=False, primary_key=True, serialize=False)),
                ('event_id', models.UUIDField()),
                ('topic', models.CharField(max_length=40)),
                ('params', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='message_inbox')],
                'constraints': [models.UniqueConstraint(fields=('account', 'event_id'), name='message_once')],
            },
        ),
    ]
