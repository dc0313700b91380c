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


class FileRefused(FileFault):
    """A file that may not be kept; `code` and `params` are what its sender is told (BAD-68 to BAD-77)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class UploadGone(FileFault):
    """No ticket takes this file: unknown, expired or used; the same answer for all three."""

    code = "UPLOAD_LINK_INVALID"


class UploadBroken(FileFault):
    """The connection ended before the whole file was there; the ticket still stands."""

    code = "UPLOAD_INCOMPLETE"


class ScannerAway(FileFault):
    """ClamAV is configured but cannot say now; the file stays in quarantine."""

    code = "SCANNER_AWAY"


class StorageAway(FileFault, OSError):
    """The service that keeps the files cannot be reached, or refuses us; nothing is known of the file itself."""

    code = "STORAGE_AWAY"
