"""Everything that writes in the catalogue; other rooms call these and nothing below."""

from services.commands.drafting import change_draft, discard_draft, draft_item, keep_draft
from services.commands.guides import import_guides
from services.commands.opening import list_opened
from services.commands.overriding import change_override, draft_override, drop_override
from services.commands.packages import import_items
from services.commands.publishing import publish_draft, publish_item, retire_item
from services.commands.reviewing import return_draft, submit_draft

__all__ = [
    "change_draft",
    "change_override",
    "discard_draft",
    "draft_item",
    "draft_override",
    "drop_override",
    "import_guides",
    "import_items",
    "keep_draft",
    "list_opened",
    "publish_draft",
    "publish_item",
    "retire_item",
    "return_draft",
    "submit_draft",
]
