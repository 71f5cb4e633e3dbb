"""How a patient's timeline and a message's biography read on a terminal: stacked lines that wrap and are never cut."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

_NARROWEST, _WIDEST = 60, 120


def say(lines: Iterable[str]) -> str:
    """The lines, each wrapped to the terminal with its continuation below the text it belongs to."""
    width = min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)
    return "\n".join(part for line in lines for part in _wrapped(line, width))


def timeline(data: dict[str, Any]) -> Iterator[str]:
    """A patient: who it is, what could not be planned, what went or ended, what comes, what staff must see."""
    who = data["patient"]
    yield f"patient {who['id']}: {', '.join(_standing(who))}"
    yield from (f"  {p['channel']}: {why}" for p in who["contact_points"] for why in _unusable(p))
    if data["unplanned"]:
        yield from ("", "not planned")
        yield from (line for one in data["unplanned"] for line in _unplanned(one))
    for title, some in (("went or ended", _ended(data)), ("to come", _coming(data))):
        if some:
            yield from ("", title)
            yield from (line for m in some for line in entry(m))
    if not data["messages"]:
        yield from ("", "no messages are planned")
    if data["escalations"]:
        yield from ("", "for staff")
        yield from (f"  {x['id']} {x['state']}: {x['kind']}, {x['summary']}" for x in data["escalations"])
    if data["replies"]:
        yield from ("", "wrote")
        yield from (f"  {r['received_at']} {r['id']} by {r['channel']}, read as {r['intent']}" for r in data["replies"])


def entry(m: dict[str, Any]) -> Iterator[str]:
    """One message of a timeline: when, which step, by what; then what became or will become of it, and why."""
    told = m.get("foreseen") or m.get("ended")
    ways = m["channel"] or ", else ".join(m["channels"])
    yield f"  {_local(m['due_local'])}  {m['step']}: {m['class']} by {ways}, {_state(m)}"
    if told:
        yield f"      {told['text']}"
        yield from (f"      no    {c['rule']}: {c['text']}{_source(c)}" for c in told["checks"] if not c["passed"])
        yield from (f"      {line}" for line in _over(told))
        yield from (f"      hours {c['text']}{_source(c)}" for c in _hours(told))
    yield f"      {m['id']}"


def biography(data: dict[str, Any]) -> Iterator[str]:
    """Everything about one message."""
    about = data["event"]
    yield f"{data['id']}: {data['step']} for patient {data['patient'] or '-'}"
    yield f"  state     {_state(data)}"
    yield f"  class     {data['class']}, by {', else '.join(data['channels'])}"
    yield f"  due       {_local(data['due_local'])} (planned for {data['planned_for']})"
    yield f"  because   {about['type']} {about['id']} at {about['time']}" if about else "  because   an answer"
    if data["protocol"]:
        yield f"  rule      {data['protocol']} version {data['protocol_version']}, step {data['step']}"
    yield f"  text      {data['template']} version {data['template_version']}"
    yield from reasons(data)
    for a in data["tries"]:
        code = f", {a['code']}: {a['detail']}" if a["code"] else ""
        yield f"  attempt   {a['number']} by {a['channel']} through {a['provider']}: {a['outcome'] or 'open'}{code}"
    yield from (f"  receipt   {r['at']} {r['provider_status']} {r['error_code']}".rstrip() for r in data["receipts"])
    yield from (f"  reply     {r['received_at']} {r['id']} read as {r['intent']}" for r in data["replies"])
    yield from (f"  {t['address']}: {t['text']}" for t in data.get("texts", ()))


def reasons(data: dict[str, Any]) -> Iterator[str]:
    """The history, every check of the gate with where the rule stands, and what follows from it."""
    yield from (f"  history   {h['at']} {h['signal']} → {h['state']}{_why(h)}" for h in data["history"])
    told = data.get("foreseen") or data.get("ended")
    if not told:
        return
    if told["checks"]:
        yield f"  gate      {_spoke(data)}"
    yield from (
        f"  {'ok ' if c['passed'] else 'NO '}       {c['rule']}: {c['text']}{_source(c)}" for c in told["checks"]
    )
    yield from (f"  NO        {line}" for line in _over(told))
    yield f"  so        it {told['text']}"


def _spoke(data: dict[str, Any]) -> str:
    """When the gate said this."""
    if "foreseen" in data:
        return f"as it would speak on {_local(data['foreseen']['local'])}, if nothing changed until then"
    return f"as it spoke on {_local(data['ended']['local'])}"


def _standing(who: dict[str, Any]) -> Iterator[str]:
    yield who["status"]
    yield who["language"] or "no language"
    yield f"times in {who['time_zone']}"
    if not who["reachable"]:
        yield "UNREACHABLE"
    if who["paused"]:
        yield f"paused by staff ({who['paused']})"
    if who["paused_until"]:
        yield f"paused by the patient until {who['paused_until']}"


def _unusable(point: dict[str, Any]) -> Iterator[str]:
    """Why nothing, or not everything, may go to a contact point."""
    if not point["valid"]:
        yield point["problem"]
    if point["flag"]:
        yield f"{point['flag']}, verify it before it is used"
    for s in point["suppressed"]:
        end = f" until {s['until']}" if s["until"] else ""
        whole = "" if s["class"] == "all" else f" for {s['class']}"
        yield f"suppressed{whole}: {_plain(s['reason'])} since {s['since']}{end}{_source(s)}"


def _over(told: dict[str, Any]) -> list[str]:
    return [f"passed over {o['channel']}: {o['text']}{_source(o)}" for o in told["passed_over"]]


def _unplanned(one: dict[str, Any]) -> Iterator[str]:
    yield f"  {one['type']} {one['id']} of {one['time']} is {one['state']}: {one['text']}"
    yield f"      cure  {one['cure']}"
    yield f"      {one['row']} ({one['reason']})"


def _ended(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [m for m in data["messages"] if "foreseen" not in m]


def _coming(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [m for m in data["messages"] if "foreseen" in m]


def _hours(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in told["checks"] if c["rule"] == "hours" and c["passed"]]


def _state(m: dict[str, Any]) -> str:
    why = m["hold"] or m["reason"]
    return f"{m['state']}, {'held: ' if m['hold'] else ''}{why}" if why else str(m["state"])


def _local(iso: str) -> str:
    return f"{datetime.fromisoformat(iso):%a %Y-%m-%d %H:%M}"


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _source(check: dict[str, Any]) -> str:
    return f" [{check['source']}]" if check["source"] else ""


def _why(row: dict[str, Any]) -> str:
    detail = row["detail"] or {}
    words = detail.get("text") or detail.get("status") or row["reason"]
    return f": {words}" if words else ""


def _wrapped(line: str, width: int) -> list[str]:
    """Continuation lines stand below the text behind the first gap of two spaces or more, else a little deeper."""
    indent = len(line) - len(line.lstrip())
    gap = line.find("  ", indent)
    hang = len(line) - len(line[gap:].lstrip()) if 0 < gap < indent + 12 else indent + 2
    return textwrap.wrap(line, width, subsequent_indent=" " * hang, break_on_hyphens=False) or [""]
