"""The catalogue (事项目录): service items and their versioned, immutable definitions."""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id
from people.models import Account


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
    """One version of an item. A published one never changes; a case keeps the version it started with."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="draft")  # draft | published | retired
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    proof = models.JSONField(default=dict)  # what soundness.py found
    published_at = models.DateTimeField(null=True, blank=True)
    # of a version that somebody drafted and another published; empty for one that was loaded
    drafted_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "retired"]), name="item_version_state"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="published"), name="item_published_once"
            ),
        ]
