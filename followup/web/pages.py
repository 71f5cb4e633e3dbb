"""Pages for patients: full texts, the end of messages, and who we are. No log-in, no cookies, no scripts."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from followup.domain.ids import ClinicId
from followup.services import permit
from followup.services.permit import Unsubscribing
from followup.services.reading import show
from followup.web.door import Body, Ctx
from followup.web.face import LANGUAGE, MISSING, barred, caller, crowded, lost, render
from followup.web.form import read_form, schema_of
from followup.web.html import policy

router = APIRouter(tags=["patients' pages"], default_response_class=HTMLResponse)
#: A minute's forms from one address: nobody stops more numbers of their own than that.
_FORMS = 6


@router.get("/m/{token}", summary="The full text of a message", responses=MISSING)
def get_message(request: Request, ctx: Ctx, token: str, lang: str = "") -> HTMLResponse:
    """What a short text links to, for 90 days; shows no name."""
    wanted = lang if LANGUAGE.fullmatch(lang) else ""
    shown = show.full_text(ctx, token, language=wanted)
    if shown is None:
        return lost(request, ctx, token)
    return HTMLResponse(shown.page.html, headers=policy(shown.page.style))


@router.get("/u/{token}", summary="Ask before messages are stopped", responses=MISSING)
def get_unsubscribe(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """Shows a button; changes nothing, for scanners follow links too."""
    if too_often := crowded(request, ctx, token):
        return too_often
    found = permit.read_unsubscribe(ctx, token)
    return _stopping(request, ctx, found) if found else lost(request, ctx, token)


@router.post("/u/{token}", summary="Stop messages to the address behind the link (RFC 8058)", responses=MISSING)
def post_unsubscribe(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """The link alone says whom to spare, so the body is not read; done again it answers 200 again."""
    if too_often := crowded(request, ctx, token):
        return too_often
    found = permit.unsubscribe(ctx, token)
    return _stopping(request, ctx, found) if found else lost(request, ctx, token)


def _stopping(request: Request, ctx: Ctx, found: Unsubscribing) -> HTMLResponse:
    """The question, or that it is done; either leads to the finer choices."""
    name, clinic = ("done" if found.stopped else "ask"), ctx.clinics.need(found.clinic_id)
    choices = f"/p/{found.preferences}"
    return render(request, name, clinic, template=f"{name}.html.j2", language=found.language, choices=choices)


@router.get("/c/{clinic}", summary="Who we are and how to reach us", responses=MISSING)
def get_contact(request: Request, ctx: Ctx, clinic: str) -> HTMLResponse:
    """The contact page that the law lets a short text link to, with a form that stops messages to an address."""
    found = ctx.clinics.get(ClinicId(clinic))
    if found is None:
        return render(request, "lost_alone", None, status=404)
    return render(request, "contact", found, template="contact.html.j2", wrong=False, given="")


@router.post(
    "/c/{clinic}", summary="Stop messages to a number or mailbox", responses=MISSING, openapi_extra=schema_of("address")
)
def post_contact(request: Request, ctx: Ctx, clinic: str, body: Body) -> HTMLResponse:
    """In effect at once, and the same answer whether or not the address is known here."""
    found = ctx.clinics.get(ClinicId(clinic))
    if found is None:
        return render(request, "lost_alone", None, status=404)
    if too_often := barred(request, ctx, f"form:{caller(request)}", per_minute=_FORMS):
        return too_often
    given = read_form(request, body).one("address")[:200]
    if not permit.stop_address(ctx, found.id, given):
        return render(
            request, "contact", found, template="contact.html.j2", status=422, wrong=True, given=given
        )  # fmt: skip
    return render(request, "stopped", found)
