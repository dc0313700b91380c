"""Shows a period of the law or of a promise: how many days of which kind, and what sets it."""

import graphene

from gateway.rows import text


class Limit(graphene.ObjectType):
    """一个时限。"""

    days = graphene.Int(required=True, description="天数")
    kind = text("working 工作日、calendar 自然日")
    basis = text("依据，可以为空")
