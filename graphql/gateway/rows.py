"""Decides how a row of a model becomes a type: only the named columns, each with its description."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.db import models
from graphene.types.scalars import Scalar
from graphene_django import DjangoObjectType
from graphene_django.converter import convert_django_field

from gateway.scalars import Moment
from gateway.words import worded


class Row(DjangoObjectType):
    """A type over a model; `described` = {column: what it is}, and no other column exists at the door."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, model: Any = None, described: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        """Takes the columns, then gives each its description."""
        columns = dict(described or {})
        super().__init_subclass_with_meta__(
            model=model,
            fields=tuple(columns),
            convert_choices_to_enum=False,
            skip_registry=True,  # relations are written out, never followed by themselves
            **options,
        )
        for name, text in columns.items():
            cls._meta.fields[name].description = text


def _moment(field: "models.DateTimeField[Any, Any]", _registry: object = None) -> Scalar:
    return Moment(required=not field.null)


convert_django_field.register(models.DateTimeField, _moment)


def listed(node: Any, description: str, **options: Any) -> graphene.Field:
    """A list without empty places that is always there."""
    return graphene.Field(
        graphene.List(graphene.NonNull(node)), required=True, description=description, **options
    )


def text(description: str, **options: Any) -> graphene.Field:
    """A text that is always there."""
    return graphene.Field(graphene.String, required=True, description=description, **options)


def named(attribute: str, words: Mapping[str, object], description: str) -> graphene.Field:
    """The words that people read for a stable name: `state_name` beside `state`; empty for an empty name."""

    def resolve(root: Any, _info: Any) -> str:
        name = root[attribute] if isinstance(root, Mapping) else getattr(root, attribute)
        return worded(words, name) if name else ""

    return text(description, resolver=resolve)
