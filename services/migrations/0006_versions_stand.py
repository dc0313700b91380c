"""The database itself refuses to change or delete a version that was published."""

from django.db import migrations, models
from django.db.models import F, Q

# Only a published version's end may be written, once; a draft is published out of review alone.
POSTGRESQL = """
CREATE FUNCTION services_version_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('published', 'retired') THEN
      RAISE EXCEPTION 'a version that was published is never deleted'
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = 'retired'
     OR OLD.state = 'published' AND (
       NEW.state <> 'retired'
       OR to_jsonb(NEW) - '{state,ended_as,ended_at}'::text[]
          <> to_jsonb(OLD) - '{state,ended_as,ended_at}'::text[])
     OR OLD.state = 'draft' AND NEW.state = 'published' THEN
    RAISE EXCEPTION 'a version that was published never changes'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER version_stands BEFORE UPDATE OR DELETE ON services_itemversion
  FOR EACH ROW EXECUTE FUNCTION services_version_stands();
"""
POSTGRESQL_BACK = """
DROP TRIGGER version_stands ON services_itemversion;
DROP FUNCTION services_version_stands();
"""
KEPT = (
    *("id", "item_id", "number", "definition", "digest", "proof", "published_at", "valid_from"),
    *("valid_until", "division_id", "base_id", "patch", "drafted_by_id", "note"),
)
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in KEPT)
SQLITE = (
    f"""
CREATE TRIGGER version_stands BEFORE UPDATE ON services_itemversion
WHEN OLD.state = 'retired'
  OR OLD.state = 'published' AND (NEW.state <> 'retired' OR {CHANGED})
  OR OLD.state = 'draft' AND NEW.state = 'published'
BEGIN SELECT RAISE(ABORT, 'a version that was published never changes'); END
""",
    """
CREATE TRIGGER version_stays BEFORE DELETE ON services_itemversion
WHEN OLD.state IN ('published', 'retired')
BEGIN SELECT RAISE(ABORT, 'a version that was published is never deleted'); END
""",
)
SQLITE_BACK = ("DROP TRIGGER version_stands", "DROP TRIGGER version_stays")


def stand(_apps, editor):
    for statement in (POSTGRESQL,) if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


def stand_no_more(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_BACK, params=None)
        return
    for statement in SQLITE_BACK:
        editor.execute(statement, params=None)


def rule(constraint):
    return migrations.AddConstraint(model_name="itemversion", constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [("services", "0005_version_days")]

    operations = [
        migrations.RemoveConstraint(model_name="itemversion", name="item_version_state"),
        migrations.RemoveConstraint(model_name="itemversion", name="item_published_once"),
        rule(
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "published", "retired"]),
                name="item_version_state",
            )
        ),
        rule(
            models.CheckConstraint(
                condition=~Q(state="published") | Q(valid_from__isnull=False),
                name="item_version_opens",
            )
        ),
        rule(
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=F("valid_from")),
                name="item_version_days",
            )
        ),
        rule(
            models.CheckConstraint(
                condition=Q(division=None) | Q(base__isnull=False), name="item_version_override"
            )
        ),
        rule(
            models.UniqueConstraint(
                fields=["item", "valid_from"],
                condition=Q(state="published", division=None),
                name="item_standard_once_a_day",
            )
        ),
        rule(
            models.UniqueConstraint(
                fields=["item", "division", "valid_from"],
                condition=Q(state="published", division__isnull=False),
                name="item_override_once_a_day",
            )
        ),
        migrations.RunPython(stand, stand_no_more),
    ]
