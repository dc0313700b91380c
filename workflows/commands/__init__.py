"""Everything that writes about cases; each command is one transaction in five steps (house rule 3)."""

from workflows.commands.accepting import accept_case
from workflows.commands.calendar import load_own_year, load_published_years
from workflows.commands.checking import record_check
from workflows.commands.deciding import claim_approval, decide_approval
from workflows.commands.ending import (
    note_certificate,
    note_dropped,
    note_received,
    record_delivery,
)
from workflows.commands.extending import extend_case
from workflows.commands.following import follow_case
from workflows.commands.intake import decline_case, request_corrections
from workflows.commands.objecting import object_to_mismatch
from workflows.commands.owing import note_checked
from workflows.commands.proposing import propose_corrections
from workflows.commands.releasing import release_claim
from workflows.commands.renewing import renew_draft
from workflows.commands.shaking import note_certificate_change
from workflows.commands.silence import sweep_silence
from workflows.commands.standing import resume_clock, stop_clock
from workflows.commands.starting import grant_use, save_answers, start_case
from workflows.commands.submitting import answer_corrections, submit_case, withdraw_case
from workflows.commands.supplying import (
    attach_file,
    detach_file,
    promise_material,
    receive_upload,
    request_upload,
)
from workflows.commands.transferring import foreseen_move, movable, move_case
from workflows.commands.voiding import void_document

__all__ = [
    "accept_case",
    "answer_corrections",
    "attach_file",
    "claim_approval",
    "decide_approval",
    "decline_case",
    "detach_file",
    "extend_case",
    "follow_case",
    "foreseen_move",
    "grant_use",
    "load_own_year",
    "load_published_years",
    "movable",
    "move_case",
    "note_certificate",
    "note_certificate_change",
    "note_checked",
    "note_dropped",
    "note_received",
    "object_to_mismatch",
    "promise_material",
    "propose_corrections",
    "receive_upload",
    "record_check",
    "record_delivery",
    "release_claim",
    "renew_draft",
    "request_corrections",
    "request_upload",
    "resume_clock",
    "save_answers",
    "start_case",
    "stop_clock",
    "submit_case",
    "sweep_silence",
    "void_document",
    "withdraw_case",
]
