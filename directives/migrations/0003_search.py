"""Words without tone marks beside every text that people search, kept by the database itself.

A stored column rather than an index on an expression: a phrase is checked again in each row that holds its words,
and that must not fold the text again. The column is no field of the models, so no page ever loads it.
`kttt_words` is the twin of agencies.names.fold. It decomposes letters (NFD) and drops the marks: this needs no
extension, unlike unaccent, and may be IMMUTABLE by right. 400,000 characters keep the longest text under the limit
of a tsvector (1 MB).
"""

from django.db import migrations

WORDS = r"""
CREATE FUNCTION kttt_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT left(btrim(regexp_replace(
        lower(regexp_replace(translate(normalize(value, NFD), 'Đđ', 'dd'), '[\u0300-\u036f]+', '', 'g')),
        '[^a-z0-9]+', ' ', 'g')), 400000)
$body$
"""

TEXTS = {
    "directives_directive": "doc_type || ' ' || number || '/' || symbol || ' ' || title || ' ' || text",
    "directives_task": "text || ' ' || product || ' ' || target_text",
    "directives_progressnote": "result || ' ' || obstacle || ' ' || proposal || ' ' || letter_number",
    "directives_upload": "name",
    "directives_evidence": "document_number || ' ' || signer || ' ' || summary",
}


def column(table, texts):
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ADD COLUMN words tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', kttt_words({texts}))) STORED",
            f"CREATE INDEX {table}_words ON {table} USING gin (words)",
        ],
        reverse_sql=f"ALTER TABLE {table} DROP COLUMN words",
    )


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_a_working_month")]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION kttt_words(text)"),
        *(column(table, texts) for table, texts in TEXTS.items()),
        # The page of a cited document finds its number however it was spaced or marked.
        migrations.RunSQL(
            "CREATE INDEX directives_cited_by_number ON directives_citeddocument (kttt_words(number))",
            "DROP INDEX directives_cited_by_number",
        ),
    ]
