"""The checker of acceptance.md 7.3: after any run, on any cursor, the promises as SQL, and what breaks them.

`broken(cursor)` is empty after a good run; otherwise {promise: the rows that break it}. The text is
plain SQL for PostgreSQL and SQLite. Promises that only hold once the queues have drained are told
apart by `settled`.
"""

from itertools import pairwise
from typing import Any

from config.letters import LETTERS
from workflows.models import Case

# Promise: a query of the rows that break it.
ALWAYS = {
    "INV-02 one effect a key": "SELECT key FROM people_commandreceipt WHERE CAST(outcome AS text) = '{}'",
    "INV-02 one case a number": (
        "SELECT number FROM workflows_case WHERE number IS NOT NULL"
        " GROUP BY number HAVING count(*) > 1"
    ),
    "INV-04 no gap in the history": (
        "SELECT case_id FROM workflows_caseevent GROUP BY case_id"
        " HAVING min(seq) <> 1 OR max(seq) <> count(*)"
    ),
    "INV-04 the last event says the state": (
        "SELECT c.number, c.state, e.state FROM workflows_case c LEFT JOIN workflows_caseevent e"
        " ON e.case_id = c.id AND e.seq ="
        " (SELECT max(seq) FROM workflows_caseevent l WHERE l.case_id = c.id)"
        " WHERE e.state IS NULL OR e.state <> c.state"
    ),
    "INV-06 one decision an approval and round": (
        "SELECT approval_id, round FROM workflows_decision GROUP BY approval_id, round"
        " HAVING count(*) > 1"
    ),
    "INV-06 decided with its decision, open without": (
        "SELECT a.id, a.state, count(d.id) FROM workflows_approval a LEFT JOIN workflows_decision d"
        " ON d.approval_id = a.id AND d.round = a.round GROUP BY a.id, a.state"
        " HAVING count(d.id) <> CASE WHEN a.state = 'decided' THEN 1 ELSE 0 END"
    ),
    "INV-07 by an officer of that department": (
        "SELECT d.id FROM workflows_decision d JOIN workflows_approval a ON a.id = d.approval_id"
        " LEFT JOIN people_officer o ON o.id = d.officer_id"
        " WHERE d.source = 'desk' AND (o.id IS NULL OR o.department_id <> a.department_id"
        " OR o.role NOT IN ('officer', 'approver'))"
    ),
    "INV-08 decided when nothing is open, and only then": (
        "SELECT c.number FROM workflows_case c WHERE c.state = 'reviewing' AND NOT EXISTS"
        " (SELECT 1 FROM workflows_approval a WHERE a.case_id = c.id"
        " AND a.state IN ('waiting', 'open'))"
        " UNION SELECT c.number FROM workflows_case c JOIN workflows_approval a"
        " ON a.case_id = c.id WHERE c.state IN ('decided', 'concluded', 'withdrawn')"
        " AND a.state IN ('waiting', 'open')"
    ),
    "INV-08 the outcome is that of its decisions": (
        "SELECT number, outcome, granted, asked FROM (SELECT c.number, c.outcome, count(a.id) AS"
        " asked, count(d.id) AS granted FROM workflows_case c JOIN workflows_approval a"
        " ON a.case_id = c.id AND a.kind = 'approve' LEFT JOIN workflows_decision d"
        " ON d.approval_id = a.id AND d.round = a.round AND d.outcome = 'approved'"
        " WHERE c.state IN ('decided', 'concluded') GROUP BY c.id, c.number, c.outcome) t"
        " WHERE outcome <> CASE WHEN granted = 0 THEN 'denied' WHEN granted < asked THEN 'partly'"
        " ELSE 'approved' END"
    ),
    "INV-08 decided once, concluded once": (
        "SELECT case_id, kind FROM workflows_caseevent WHERE kind IN ('submitted', 'accepted',"
        " 'decided', 'concluded', 'withdrawn') GROUP BY case_id, kind HAVING count(*) > 1"
    ),
    "INV-09 one certificate a grant, and none without": (
        "SELECT a.id, count(k.id) FROM workflows_approval a LEFT JOIN workflows_decision d"
        " ON d.approval_id = a.id AND d.round = a.round AND d.outcome = 'approved'"
        " LEFT JOIN ecert_certificate k ON k.source_case = a.case_id AND k.source_step = a.step"
        " WHERE a.result <> '' GROUP BY a.id, d.id"
        " HAVING count(k.id) <> CASE WHEN d.id IS NULL THEN 0 ELSE 1 END"
    ),
    "INV-10 no number twice": (
        "SELECT type_id, number, version FROM ecert_certificate"
        " GROUP BY type_id, number, version HAVING count(*) > 1"
    ),
    "INV-17 an event for each decision": (
        "SELECT a.case_id FROM workflows_approval a JOIN workflows_decision d"
        " ON d.approval_id = a.id GROUP BY a.case_id HAVING count(*) <> (SELECT count(*)"
        " FROM workflows_caseevent e WHERE e.case_id = a.case_id AND e.kind = 'approval_decided')"
    ),
}
# The same, once everything that was posted and asked for has been done.
SETTLED = {
    "INV-09 every certificate has its file": (
        "SELECT identifier FROM ecert_certificate WHERE source_case IS NOT NULL"
        " AND (status = 'issuing' OR file_id IS NULL OR statement = '')"
    ),
    "INV-09 noted on its case once": (
        "SELECT k.identifier FROM ecert_certificate k WHERE k.source_case IS NOT NULL AND 1 <>"
        " (SELECT count(*) FROM workflows_caseevent e WHERE e.case_id = k.source_case"
        " AND e.kind = 'certificate_issued' AND e.step = k.source_step)"
    ),
    "INV-11 every document has its file": (
        "SELECT number FROM workflows_document WHERE file_id IS NULL"
    ),
    "INV-13 no letter is unsent": "SELECT id, cause FROM bus_outboxletter WHERE sent_at IS NULL",
    "INV-15 no letter is kept back": (
        "SELECT letter_id, consumer, state, cause FROM bus_inboxletter WHERE state <> 'done'"
    ),
    "INV-15 no chore is left": "SELECT kind, subject, cause FROM bus_chore WHERE state <> 'done'",
    "every task has arrived": (
        "SELECT id FROM workflows_approval WHERE state = 'decided' AND received_at IS NULL"
    ),
    "one message an account and letter": (
        "SELECT account_id, event_id FROM notifications_message"
        " GROUP BY account_id, event_id HAVING count(*) > 1"
    ),
}
_STEPS = "SELECT case_id, state FROM workflows_caseevent ORDER BY case_id, seq"
_SENT = "SELECT id, topic FROM bus_outboxletter WHERE sent_at IS NOT NULL"
_RECEIVED = "SELECT letter_id, consumer FROM bus_inboxletter"


def broken(cursor: Any, *, settled: bool) -> dict[str, list[Any]]:
    """{promise: rows that break it}; with `settled` also what must be done by now."""
    queries = ALWAYS | SETTLED if settled else ALWAYS
    found = {promise: _rows(cursor, query) for promise, query in queries.items()}
    found["INV-05 no edge that the lifecycle lacks"] = _illegal_edges(cursor)
    if settled:
        found["INV-14 each letter in each of its inboxes"] = _not_received(cursor)
    return {promise: rows for promise, rows in found.items() if rows}


def _illegal_edges(cursor: Any) -> list[Any]:
    """Steps of any case's history that are no transition of the legal lifecycle."""
    field: Any = Case._meta.get_field("state")
    legal = {(one.source, target) for one in field.get_all_transitions(Case) for target in _to(one)}
    found = []
    for (case, before), (same, after) in pairwise(_rows(cursor, _STEPS)):
        if case == same and before != after and (before, after) not in legal:
            found.append((case, before, after))
    return found


def _to(transition: Any) -> list[str]:
    """Its targets: one, or those that its method may return."""
    return list(getattr(transition.target, "allowed_states", None) or [transition.target])


def _not_received(cursor: Any) -> list[Any]:
    """Letters that were sent, with the consumers that have no row of them."""
    received = {(str(letter), consumer) for letter, consumer in _rows(cursor, _RECEIVED)}
    expected = {
        (str(letter), route.group)
        for letter, topic in _rows(cursor, _SENT)
        for route in LETTERS[topic]
    }
    return sorted(expected - received)


def _rows(cursor: Any, query: str) -> list[Any]:
    cursor.execute(query)
    return list(cursor.fetchall())
