"""The catalogue (事项目录): service items and their versioned, immutable definitions."""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id
from people.models import Account, Division
from services.as_written import AsWrittenField


class ServiceItem(models.Model):
    """A service item (政务服务事项) or a bundle of them (一件事)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    code = models.CharField(max_length=36, unique=True)  # 基本编码 12, or a theme code for a bundle
    name = models.CharField(max_length=200)
    item_type = models.CharField(max_length=2)  # GB/T 39046 A.1: 01 行政许可 ... 20 公共服务
    audience = models.JSONField(default=list)  # ["enterprise"], ["person"] or both
    lead_function = models.CharField(max_length=40)  # 牵头部门
    is_bundle = models.BooleanField(default=False)
    summary = models.CharField(max_length=500, blank=True)


class ItemWord(models.Model):
    """An everyday word by which people look for an item (俗称): 饭店 for 开办餐饮店一件事."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    item = models.ForeignKey(ServiceItem, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "item"], name="item_word_once")]


class ItemVersion(models.Model):
    """One version of an item: draft, review, published, retired. A case keeps the version it started with.

    A published version never changes and is never deleted; the database refuses it too (migration 0006).
    Which published version is in force on a day is computed from the dates (services.versions).
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="draft")  # draft | review | published | retired
    definition = AsWrittenField()  # of a regional override: the standard with its patch applied
    digest = models.CharField(max_length=64)
    proof = models.JSONField(default=dict)  # what soundness.py found; of a draft also its problems
    published_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)  # set when it is published
    valid_until = models.DateField(null=True, blank=True)  # the last day; null = open
    # replaced | withdrawn: published once; discarded: never published (作废的草稿)
    ended_as = models.CharField(max_length=10, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # a regional override (地区差异): whose, of which standard version, and what it changes
    division = models.ForeignKey(
        Division, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    base = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    patch = AsWrittenField(default=dict, blank=True)
    # of a version that somebody drafted and another published; empty for one that was loaded
    drafted_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)  # why it was published

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "review", "published", "retired"]),
                name="item_version_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(valid_from__isnull=False),
                name="item_version_opens",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=models.F("valid_from")),
                name="item_version_days",
            ),
            models.CheckConstraint(
                condition=Q(division=None) | Q(base__isnull=False), name="item_version_override"
            ),
            models.UniqueConstraint(
                fields=["item", "valid_from"],
                condition=Q(state="published", division=None),
                name="item_standard_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["item", "division", "valid_from"],
                condition=Q(state="published", division__isnull=False),
                name="item_override_once_a_day",
            ),
        ]


class VersionAct(models.Model):
    """Who did what to a version, and when (版本履历). Rows are only added."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(
        ItemVersion, on_delete=models.PROTECT, related_name="acts", db_index=False
    )
    # drafted | changed | submitted | returned | published | replaced | withdrawn | discarded
    act = models.CharField(max_length=10)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )  # null: a process of ours
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)  # of the definition at that moment

    class Meta:
        indexes = [models.Index(fields=["version", "id"], name="act_of_version")]


class GuideFile(models.Model):
    """A file of guides as an import dealt with it (导入台账): what is done is not done again."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    name = models.CharField(max_length=300, unique=True)  # its path below the imported folder
    digest = models.CharField(max_length=64)  # SHA-256 of its bytes when it was dealt with last
    state = models.CharField(max_length=10)  # imported | refused | skipped
    reason = models.CharField(max_length=40, blank=True)  # the rule, when not imported
    version = models.ForeignKey(
        ItemVersion, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    findings = models.JSONField(default=dict)  # {rule: how often}
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["imported", "refused", "skipped"]), name="guide_file_state"
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=False) | ~Q(state="imported"),
                name="guide_file_imported",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="guide_file_digest")]
