"""On PostgreSQL: an index of every character and pair of characters of names and summaries, for search in Chinese."""

from django.db import migrations

MADE = (
    "SET LOCAL statement_timeout = 0",  # a big catalogue is indexed for longer than a statement may run
    """CREATE FUNCTION catalogue_grams(words text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
    DECLARE found text[] := '{}'; before text := ''; letter text;
    BEGIN
        FOREACH letter IN ARRAY string_to_array(lower(words COLLATE "C"), NULL) LOOP
            found := found || ARRAY[letter, before || letter];
            before := letter;
        END LOOP;
        RETURN found;
    END $$""",
    "CREATE INDEX item_name_grams ON services_serviceitem USING gin (catalogue_grams(name))",
    "CREATE INDEX item_summary_grams ON services_serviceitem USING gin (catalogue_grams(summary))",
)
UNMADE = (
    "SET LOCAL statement_timeout = 0",  # a big catalogue is indexed for longer than a statement may run
    "DROP INDEX item_summary_grams",
    "DROP INDEX item_name_grams",
    "DROP FUNCTION catalogue_grams(text)",
)


def run(statements):
    def step(_apps, editor):
        if editor.connection.vendor == "postgresql":
            for statement in statements:
                editor.execute(statement)

    return step


class Migration(migrations.Migration):
    dependencies = [("services", "0007_guide_files")]
    operations = [migrations.RunPython(run(MADE), run(UNMADE))]
