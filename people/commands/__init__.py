"""Everything that writes in this room; other rooms call these and nothing below."""

from people.commands.auditing import audit
from people.commands.receipts import once

__all__ = ["audit", "once"]
