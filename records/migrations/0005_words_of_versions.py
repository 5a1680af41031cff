from django.db import migrations

# What is searched for in a record: the words of a note as they were written, stemmed as Finnish and as Swedish, and as
# they stand for a search by the beginning of a word. PostgreSQL keeps the column itself. No index: a search is always
# within one client, whose notes the index of documents finds.
TEXTS = ("aside ->> 'text'", "aside ->> 'client_words'", "aside ->> 'assessment'", "aside ->> 'place'")
LISTS = ("aside -> 'agreed'", "aside -> 'participants'")
LANGUAGES = ("finnish", "swedish", "simple")


def expression() -> str:
    parts = [
        f"to_tsvector('{language}'::regconfig, COALESCE({text}, ''))" for language in LANGUAGES for text in TEXTS
    ] + [
        f"to_tsvector('{language}'::regconfig, COALESCE({rows}, '[]'::jsonb))"
        for language in LANGUAGES
        for rows in LISTS
    ]
    return " || ".join(parts)


class Migration(migrations.Migration):
    dependencies = [("records", "0004_fences_of_notes")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE records_version ADD COLUMN words tsvector GENERATED ALWAYS AS ({expression()}) STORED",
            "ALTER TABLE records_version DROP COLUMN words",
        )
    ]
