"""Pinned versions: the protocol an enrollment began with and the text a message was planned with."""

from sqlalchemy.engine import Connection

from followup.domain.errors import NotFound
from followup.domain.protocol import CareProtocol
from followup.services.context import Context
from followup.storage import enrollments


def protocol(ctx: Context, conn: Connection, key: str, version: str) -> CareProtocol:
    """The protocol of this version, from disk or the kept source; raises NotFound if neither has it."""
    known = ctx.protocols.find(key, version)
    if known is not None:
        return known
    source = enrollments.pinned_protocols(conn, [version]).get(version)
    if source is None:
        raise NotFound(f"protocol {key} version {version} is not kept", cure="restore its file")
    return ctx.protocols.adopt(source)


def template(ctx: Context, conn: Connection, ref: str, version: str) -> None:
    """Make sure that this version of a text can be rendered. Raises NotFound if it was never kept."""
    if ctx.templates.has(version):
        return
    kept = enrollments.pinned_templates(conn, [version]).get(version)
    if kept is None:
        raise NotFound(f"template {ref} version {version} is not kept", cure="restore its files")
    ctx.templates.adopt(version, ref, kept[1])
