"""`followup campaign explain`: why one patient is in an audience, or is not."""

from pathlib import Path
from typing import Annotated

import typer

from followup.cli.audience.words import PatientOption, open_for, print_verdict
from followup.cli.campaigns.group import app
from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, guard


@app.command()
@guard
def explain(
    what: Annotated[str, typer.Argument(metavar="FILE|CAMPAIGN", help="A file with an audience, or a campaign's id.")],
    patient: PatientOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Why one patient is in an audience, or is not: the clause that decides, and what every clause says."""
    from followup.domain.ids import PatientId
    from followup.services.campaigns import check, draft
    from followup.services.segments import choose

    file = None if what.startswith("cmp_") else Path(what)
    ctx, clinic_id = open_for(clinic, data, file=file)
    if file is not None:
        audience = choose.read_file(file)
    else:
        audience = check.audience_of(draft.get(ctx, clinic_id, what).definition)
    print_verdict(choose.explain(ctx, clinic_id, audience=audience, patient_id=PatientId(patient)), as_json)
