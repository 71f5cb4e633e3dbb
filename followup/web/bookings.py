"""The page of a visit: confirm it, ask for another time, or say that one cannot come. No log-in, no scripts."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from followup.domain.booking import Answer
from followup.domain.visit import Form, Spoken
from followup.domain.window import to_local
from followup.services.bookings import page as visits
from followup.services.bookings.page import Shown
from followup.web.door import Body, Ctx
from followup.web.face import MISSING, crowded, lost, render
from followup.web.form import read_form, schema_of

router = APIRouter(tags=["patients' pages"], default_response_class=HTMLResponse)
_FIELDS = schema_of("answer", "visit")


@router.get("/b/{token}.ics", summary="A visit as an entry for a calendar", responses=MISSING)
def get_entry(request: Request, ctx: Ctx, token: str) -> Response:
    """Names the clinic and the time, nothing else."""
    if too_often := crowded(request, ctx, token):
        return too_often
    content = visits.calendar_entry(ctx, token)
    if content is None:
        return lost(request, ctx, token)
    headers = {"Content-Disposition": 'attachment; filename="visit.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/b/{token}", summary="Ask about a visit", responses=MISSING)
def get_visit(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """Shows time, place and buttons; changes nothing, for scanners follow links too."""
    return crowded(request, ctx, token) or _page(request, ctx, token, visits.read(ctx, token))


@router.post("/b/{token}", summary="Answer a question about a visit", responses=MISSING, openapi_extra=_FIELDS)
def post_visit(request: Request, ctx: Ctx, body: Body, token: str) -> HTMLResponse:
    """`answer` is confirm, reschedule or decline, `visit` the time that the page showed; else nothing changes."""
    if too_often := crowded(request, ctx, token):
        return too_often
    form = read_form(request, body)
    said = next((a for a in Answer if a == form.one("answer")), None)
    return _page(request, ctx, token, visits.answer(ctx, token, said, visit_at=_instant(form.one("visit"))))


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _page(request: Request, ctx: Ctx, token: str, shown: Shown | None) -> HTMLResponse:
    if shown is None:
        return lost(request, ctx, token)
    local = to_local(shown.starts_at, shown.clinic.time_zone)
    return render(
        request,
        f"visit_{shown.view.value}",
        shown.clinic,
        language=shown.language,
        template="visit.html.j2" if shown.answers else "plain.html.j2",
        starts_at=shown.starts_at.isoformat(),
        day=Spoken(local, Form.DAY),
        clock=Spoken(local, Form.CLOCK),
        answers=[a.value for a in shown.answers],
        entry=f"/b/{token}.ics",
    )
