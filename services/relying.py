"""Which items of the catalogue rely on a type of certificates; reads only."""

from django.db.models import TextField
from django.db.models.functions import Cast

from services.models import ItemVersion

MOST_NAMED = 5


def items_relying_on(type_code: str) -> list[str]:
    """Names of items with any version that names the type, five at the most: a case keeps the version it began with.

    A longer code that contains this one counts too: to refuse too much is safe here.
    """
    versions = ItemVersion.objects.annotate(text=Cast("definition", TextField()))
    named = versions.filter(text__contains=type_code).order_by("item__name")
    return list(named.values_list("item__name", flat=True).distinct()[:MOST_NAMED])
