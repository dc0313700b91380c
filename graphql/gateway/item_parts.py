"""Shows of which items a bundle consists, and who may ask for an item at all."""

import graphene

from gateway.rows import listed, text
from services.parts import Part


class ItemPart(graphene.ObjectType):
    """一件事中的一个联办事项。"""

    id = text("联办事项的代码")
    item_code = text("事项编码")
    name = text("名称")
    choose = text("与同组的事项任选其一；不需要选择时为空")
    on_demand = graphene.Boolean(required=True, description="可以不办")

    @staticmethod
    def resolve_item_code(part: Part, _info: object) -> str:
        """The item that it is."""
        return part.item


class ItemEligibility(graphene.ObjectType):
    """一个办理资格条件。"""

    id = text("条件的名称代码")
    reason = text("不符合时的理由，以及可以怎么办")
    basis = text("依据")
    field = text("由哪一项回答得出")


class ItemParts:
    """What parts and eligibility add to the type of an item."""

    parts = listed(ItemPart, "一件事的联办事项；单个事项为空")
    eligibility = listed(ItemEligibility, "办理资格条件")
