"""What all doors share: the context, a body read within its limit, and who calls."""

from typing import Annotated

from fastapi import Depends, Request

from followup.services.context import Context
from followup.web.errors import TooLarge, UnsupportedMedia

MAX_BODY = 256 * 1024
#: What is read and thrown away beyond the limit, so that an honest sender hears the answer instead of a cut connection.
_DISCARDED = 4 * 1024 * 1024


def get_context(request: Request) -> Context:
    """The context that the process was started with."""
    ctx: Context = request.app.state.ctx
    return ctx


async def read_body(request: Request) -> bytes:
    """The raw body; refuses more than 256 KiB while reading, and any content encoding."""
    return await read_up_to(request, MAX_BODY, cure="send fewer events at once")


async def read_up_to(request: Request, most: int, *, cure: str) -> bytes:
    """The raw body; refuses more than `most` bytes while reading, and any content encoding."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise UnsupportedMedia("the body is compressed", cure="send it as it is, without Content-Encoding")
    kept, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            kept += chunk
        elif size > most + _DISCARDED:
            break
    if size > most:
        raise TooLarge(f"the body is larger than {most // 1024} KiB", cure=cure)
    return bytes(kept)


Ctx = Annotated[Context, Depends(get_context)]
Body = Annotated[bytes, Depends(read_body)]
