from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0005_who_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='part_of',
            field=models.CharField(
                blank=True,
                default='',
                db_default='',
                help_text='The subject of what it is part of, as it says.',
                max_length=240,
            ),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(
                condition=models.Q(('part_of', ''), _negated=True), fields=['part_of'], name='statement_part_of'
            ),
        ),
    ]
