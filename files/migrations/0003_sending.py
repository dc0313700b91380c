from django.db import migrations, models


class Migration(migrations.Migration):
    """Who sends by a ticket keeps others away meanwhile."""

    dependencies = [("files", "0002_uploads")]

    operations = [
        migrations.AddField(
            model_name="uploadticket",
            name="sending_until",
            field=models.DateTimeField(null=True),
        ),
    ]
