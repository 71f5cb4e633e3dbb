"""The web application: doors for clinic systems, for providers and for patients."""

from fastapi import FastAPI

from followup import __version__
from followup.services.context import Context
from followup.web import errors, events, schemas
from followup.web.shell import Shell


def create_web(ctx: Context) -> FastAPI:
    """All doors over this context; several applications may live in one process."""
    app = FastAPI(
        title="followup",
        version=__version__,
        description="Follows up a clinic's patients by SMS and e-mail.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.ctx = ctx
    errors.install(app)
    for page in (events, schemas):
        app.include_router(page.router)
    app.add_middleware(Shell, ctx=ctx)
    return app
