import django.db.models.deletion
from django.db import migrations, models

import borderpass.store.keys


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0010_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='OldImport',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('octets', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('checking', 'CHECKING'), ('refused', 'REFUSED'), ('faulty', 'FAULTY'), ('good', 'GOOD'), ('imported', 'IMPORTED'), ('undone', 'UNDONE')], max_length=8)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('faulty_rows', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('unknown', models.JSONField(default=list)),
                ('refused_because', models.JSONField(default=list)),
                ('sent_by', models.CharField(max_length=150)),
                ('sent_at', models.DateTimeField()),
                ('imported_by', models.CharField(blank=True, max_length=150)),
                ('imported_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=150)),
                ('undone_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='old_imports', to='store.office')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'sent_at'], name='old_import_of_office')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'imported')), fields=('office', 'sha256'), name='old_book_imported_once')],
            },
        ),
        migrations.CreateModel(
            name='OldPass',
            fields=[
                ('id', models.UUIDField(default=borderpass.store.keys.new_id, primary_key=True, serialize=False)),
                ('row', models.PositiveIntegerField()),
                ('old_number', models.CharField(max_length=40)),
                ('number_key', models.CharField(max_length=40)),
                ('name_khmer', models.CharField(blank=True, max_length=100)),
                ('name_latin', models.CharField(blank=True, max_length=100)),
                ('sex', models.PositiveSmallIntegerField(choices=[(1, 'MALE'), (2, 'FEMALE'), (3, 'OTHER')])),
                ('born_on', models.DateField()),
                ('document_number', models.CharField(blank=True, max_length=30)),
                ('home_code', models.CharField(max_length=8)),
                ('issued_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('fee_riel', models.PositiveIntegerField(null=True)),
                ('remarks', models.CharField(blank=True, max_length=300)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passes', to='store.oldimport')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='old_passes', to='store.office')),
            ],
            options={
                'indexes': [models.Index(fields=['born_on'], name='old_pass_born_on'), models.Index(fields=['document_number'], name='old_pass_document')],
                'constraints': [models.UniqueConstraint(fields=('office', 'number_key'), name='old_pass_once')],
            },
        ),
    ]
