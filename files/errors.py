"""What can go wrong with a file or a paper, each with a stable code (pure)."""


class FileFault(Exception):
    """Base of this room's faults; `code` never changes."""

    code = "FILE_FAULT"


class FileAltered(FileFault):
    """The stored bytes are not the ones that were kept: altered, cut short or gone (FLT-62)."""

    code = "FILE_ALTERED"


class RenderLimit(FileFault):
    """The paper is larger, deeper, slower or hungrier than a paper may be (BAD-83)."""

    code = "RENDER_LIMIT"


class RenderFailed(FileFault):
    """The page could not be laid out although it kept within the limits."""

    code = "RENDER_FAILED"


class CharacterMissing(FileFault):
    """No face of ours has these characters: a box on a certificate is refused (BAD-84)."""

    code = "CHARACTER_MISSING"

    def __init__(self, characters: str) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in characters))
        self.characters = characters
