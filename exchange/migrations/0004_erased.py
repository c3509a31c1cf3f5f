from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_matches'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='is_erased',
            field=models.BooleanField(
                default=False, db_default=False, help_text='Its record was erased: nothing that it says is kept.'
            ),
        ),
    ]
