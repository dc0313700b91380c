"""Everything that writes in the catalogue; other rooms call these and nothing below."""

from services.commands.drafting import draft_item, publish_draft
from services.commands.publishing import publish_item, retire_item

__all__ = ["draft_item", "publish_draft", "publish_item", "retire_item"]
