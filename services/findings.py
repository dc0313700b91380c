"""What a finding about an item is: a coded rule, its place, its facts, and whether it blocks (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One rule that a definition breaks. `place` is dotted, such as `materials.licence`; errors block publishing."""

    code: str
    place: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether the definition may not be published with it."""
        return self.severity == ERROR
