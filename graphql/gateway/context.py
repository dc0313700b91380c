"""What every resolver is told: who asks, under which request id, and what was already found out (pure)."""

from dataclasses import dataclass, field

from people.viewer import Viewer


@dataclass
class Context:
    """One request. `known` remembers facts of this request only, never across viewers (ATK-48)."""

    viewer: Viewer
    request_id: str
    origin: str = ""  # where the question comes from (origin.py); empty inside the process
    known: dict[object, object] = field(default_factory=dict)
