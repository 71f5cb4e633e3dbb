"""The web application: doors for clinic systems, for providers and for patients."""

from collections.abc import Callable

from fastapi import FastAPI

from followup import __version__
from followup.services.context import Context
from followup.web import (
    bookings,
    bounces,
    consents,
    docs,
    errors,
    events,
    health,
    hooks,
    messages,
    pages,
    patients,
    preferences,
    schemas,
    steering,
)
from followup.web.audience import preflight, segments, uploads
from followup.web.campaigns import life, reports
from followup.web.shell import Shell


def create_web(ctx: Context, *, broker_url: Callable[[], str] | None = None) -> FastAPI:
    """All doors over this context. `broker_url` tells where `/readyz` knocks; left out, that of the settings."""
    app = FastAPI(
        title="followup",
        version=__version__,
        description="Follows up a clinic's patients by SMS and e-mail.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.ctx = ctx
    app.state.broker_url = broker_url or (lambda: ctx.settings.broker_url)
    app.state.refused_hooks = 0
    errors.install(app)
    for page in (
        events,
        schemas,
        patients,
        messages,
        consents,
        segments,
        uploads,
        preflight,
        life,
        reports,
        steering,
        hooks,
        bounces,
        pages,
        bookings,
        preferences,
        health,
        docs,
    ):
        app.include_router(page.router)
    app.add_middleware(Shell, ctx=ctx)
    return app
