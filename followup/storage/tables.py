"""All tables. Read this page and you know the product."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from followup.storage import append_only
from followup.storage.database import Moment

# fmt: off

metadata = sa.MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s",
})
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, *, null: bool = False, key: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=null and not key, primary_key=key)


def _moment(name: str, *, null: bool = False) -> "sa.Column[object]":
    return sa.Column(name, Moment, nullable=null)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


# What the clinic told us -------------------------------------------------------------------------------------------
events = sa.Table(
    "events", metadata,
    _text("row_id", key=True), _text("clinic_id"), _text("source"), _text("id"), _text("type"), _moment("time"),
    sa.Column("data", Json, nullable=False), _text("digest"),
    _text("patient_key", null=True), _text("treatment_key", null=True), _text("booking_key", null=True),
    sa.Column("backfill", sa.Boolean, nullable=False), _moment("received_at"),
    _text("state"), _text("reason", null=True), sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    _moment("not_before", null=True), _moment("lease_until", null=True),
    sa.UniqueConstraint("clinic_id", "source", "id"),
    sa.Index("ix_events_patient", "clinic_id", "patient_key"),
    sa.Index("ix_events_treatment", "clinic_id", "treatment_key"),
    sa.Index("ix_events_booking", "clinic_id", "booking_key"),
    sa.Index("ix_events_open", "state", "received_at", **_where("state <> 'planned'")),
)
#: Ids of signed webhooks of the last days: the same id with other events is a replay.
webhook_ids = sa.Table(
    "webhook_ids", metadata,
    _text("clinic_id", key=True), _text("id", key=True), _text("digest"), _moment("seen_at"),
    sa.Index("ix_webhook_ids_seen", "seen_at"),
)
patients = sa.Table(
    "patients", metadata,
    _text("clinic_id", key=True), _text("id", key=True), _text("given_name"), _text("family_name"), _text("language"),
    _text("time_zone"), _text("status"), _text("merged_into", null=True), _text("paused", null=True), _moment("updated_at"),
    _moment("paused_until", null=True),  # a pause that the patient asked for; it ends by itself
    sa.Column("tags", sa.Text, nullable=False, server_default=""),  # one a line, with a line's end before the first
    sa.Index("ix_patients_merged", "clinic_id", "merged_into", **_where("merged_into IS NOT NULL")),
    sa.Index("ix_patients_paused", "paused_until", **_where("paused_until IS NOT NULL")),
)
contact_points = sa.Table(
    "contact_points", metadata,
    _text("clinic_id", key=True), _text("patient_id", key=True), sa.Column("position", sa.Integer, primary_key=True),
    _text("channel"), _text("value"), sa.Column("valid", sa.Boolean, nullable=False), _text("raw"), _text("problem"),
    sa.Index("ix_contact_points_value", "channel", "value"),
)
#: One row an address ever used: the row that a gate and a suppression both lock, so that neither misses the other.
addresses = sa.Table(
    "addresses", metadata,
    _text("clinic_id", key=True), _text("channel", key=True), _text("value", key=True),
    _text("flag", null=True), _moment("flagged_at", null=True),  # e.g. bad_number, with the provider's code in note
    _text("note", null=True), sa.Column("soft_bounces", sa.Integer, nullable=False, server_default="0"),
    _moment("soft_since", null=True),  # the oldest of them that still counts
)
treatments = sa.Table(
    "treatments", metadata,
    _text("clinic_id", key=True), _text("id", key=True), _text("patient_id"), _text("code"), _moment("performed_at"),
    _text("practitioner"), sa.Column("session", sa.Integer), sa.Column("of", sa.Integer), _text("series_id", null=True),
    _text("body_site"), sa.Column("voided", sa.Boolean, nullable=False), _text("event_row"), _text("last_event_row"),
    sa.Column("backfill", sa.Boolean, nullable=False),
    sa.Index("ix_treatments_patient", "clinic_id", "patient_id"),
)
bookings = sa.Table(
    "bookings", metadata,
    _text("clinic_id", key=True), _text("id", key=True), _text("patient_id"), _text("treatment_code"), _moment("starts_at"),
    _text("state"), sa.Column("duration_minutes", sa.Integer), _text("practitioner"), _moment("answer_by", null=True),
    _moment("confirmed_at", null=True), _text("event_row"), _text("answer"), sa.Column("round", sa.Integer, nullable=False),
    sa.Index("ix_bookings_patient", "clinic_id", "patient_id"),
    sa.Index("ix_bookings_offered", "starts_at", **_where("state = 'offered'")),
)
#: A ledger: rows are only ever added. Of one entry (digest) the last `turn` counts: even stands, odd was taken back.
consents = sa.Table(
    "consents", metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True), _text("clinic_id"), _text("patient_id"),
    _text("message_class"), _text("channel"), _text("kind"), _moment("recorded_at"), _text("evidence"),
    sa.Column("withdrawn", sa.Boolean, nullable=False), _text("event_row"), _text("digest"),
    sa.Column("basis_date", sa.Date, nullable=True), sa.Column("written", sa.Boolean, nullable=False), _text("wording"),
    _text("language"), _text("actor"), _text("source"), _moment("entered_at"), sa.Column("turn", sa.Integer, nullable=False),
    sa.UniqueConstraint("clinic_id", "patient_id", "digest", "turn"),
    sa.Index("ix_consents_patient", "clinic_id", "patient_id"),
)
suppressions = sa.Table(
    "suppressions", metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True), _text("clinic_id"), _text("channel"), _text("address"),
    _text("reason"), _text("scope", null=True), _moment("since"), _moment("until", null=True), _text("source"),
    _moment("released_at", null=True), _text("released_by", null=True),
    _text("mark"),  # keyed hash of the address: the suppression holds when the address itself was erased
    sa.Index("ix_suppressions_address", "clinic_id", "channel", "address", **_where("released_at IS NULL")),
    sa.Index("ix_suppressions_mark", "clinic_id", "mark", **_where("released_at IS NULL")),
)

# The plan ----------------------------------------------------------------------------------------------------------
protocol_versions = sa.Table(
    "protocol_versions", metadata,
    _text("version", key=True), _text("key"), _text("source"), _moment("seen_at"),
)
template_versions = sa.Table(
    "template_versions", metadata,
    _text("version", key=True), _text("ref"), sa.Column("files", Json, nullable=False), _moment("seen_at"),
)
enrollments = sa.Table(
    "enrollments", metadata,
    _text("id", key=True), _text("clinic_id"), _text("patient_id"), _text("protocol_key"), _text("protocol_version"),
    _text("source_kind"), _text("source_id"), _moment("anchor_at"), _text("event_row"), _text("state"),
    _text("reason", null=True), sa.Column("backfill", sa.Boolean, nullable=False),
    sa.UniqueConstraint("clinic_id", "patient_id", "protocol_key", "source_kind", "source_id"),
    sa.Index("ix_enrollments_active", "id", **_where("state = 'active'")),
)
messages = sa.Table(
    "messages", metadata,
    _text("id", key=True), _text("clinic_id"), _text("patient_id"), _text("enrollment_id", null=True),
    _text("campaign_id", null=True), _text("step_key"), sa.Column("occurrence", sa.Integer, nullable=False),
    _text("message_class"), _text("channels"), _text("template_ref"), _text("template_version"), _text("state"),
    _text("hold", null=True), _text("reason", null=True), _text("cause_event", null=True), _text("follows", null=True),
    _text("context", null=True), _moment("due_at"), _moment("planned_for"), _moment("expires_at", null=True),
    _moment("not_before", null=True), _moment("lease_until", null=True), _text("channel", null=True),
    sa.Column("attempt_no", sa.Integer, nullable=False, server_default="0"),
    _text("provider", null=True), _text("provider_ref", null=True), _text("carried_by", null=True),
    sa.Column("urged", sa.Boolean, nullable=False),  # a person said: send now
    _text("booking_id", null=True), _moment("visit_at", null=True),  # the visit it speaks of, and the time it names
    sa.Index("ix_messages_booking", "clinic_id", "booking_id", **_where("booking_id IS NOT NULL")),
    sa.Index("uq_messages_step", "enrollment_id", "step_key", "occurrence", unique=True),
    sa.Index("uq_messages_campaign", "campaign_id", "patient_id", "occurrence", unique=True,
             **_where("campaign_id IS NOT NULL")),
    sa.Index("ix_messages_campaign_open", "campaign_id",
             **_where("campaign_id IS NOT NULL AND state IN ('scheduled', 'queued', 'sending', 'unconfirmed')")),
    sa.Index("ix_messages_patient", "clinic_id", "patient_id"),
    sa.Index("ix_messages_due", "due_at", **_where("state = 'scheduled' AND hold IS NULL")),
    sa.Index("ix_messages_held", "clinic_id", "hold", **_where("hold IS NOT NULL")),
    sa.Index("ix_messages_queued", "lease_until", **_where("state = 'queued'")),
    sa.Index("ix_messages_sending", "lease_until", **_where("state = 'sending'")),
    sa.Index("ix_messages_unconfirmed", "not_before", **_where("state = 'unconfirmed'")),
    sa.Index("ix_messages_sent", "not_before", **_where("state = 'sent' AND not_before IS NOT NULL")),
    sa.Index("ix_messages_ref", "provider_ref", **_where("provider_ref IS NOT NULL")),
    sa.Index("ix_messages_carried", "carried_by", **_where("carried_by IS NOT NULL")),
    sa.Index("ix_messages_follows", "follows", **_where("follows IS NOT NULL")),
)
message_history = sa.Table(
    "message_history", metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True), _text("message_id"), _moment("at"), _text("signal"),
    _text("state"), _text("reason", null=True), sa.Column("detail", Json, nullable=True),
    sa.Index("ix_message_history_message", "message_id"),
)
attempts = sa.Table(
    "attempts", metadata,
    _text("id", key=True), _text("message_id"), sa.Column("number", sa.Integer, nullable=False), _text("channel"),
    _text("provider"), _text("sender"), _text("address"), _text("text"), _text("language"), _moment("started_at"),
    _moment("started_ops"), _moment("lease_until"), _text("outcome", null=True), _text("code", null=True),
    _text("detail", null=True), _text("provider_ref", null=True), _moment("finished_at", null=True),
    sa.Column("consent_id", sa.BigInteger, nullable=True),  # the row of the ledger that allowed it
    sa.UniqueConstraint("message_id", "number"),
    sa.Index("ix_attempts_address", "channel", "address"),
    sa.Index("ix_attempts_started", "provider", "started_ops"),
)
receipts = sa.Table(
    "receipts", metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True), _text("message_id"), _text("provider"),
    _text("provider_ref"), _text("status"), _text("provider_status"), _text("error_code"), _moment("at"),
    sa.Column("known", sa.Boolean, nullable=False),
    sa.UniqueConstraint("message_id", "provider_ref", "provider_status", "error_code"),
)

# Campaigns: what staff send by hand --------------------------------------------------------------------------------
campaigns = sa.Table(
    "campaigns", metadata,
    _text("id", key=True), _text("clinic_id"), _text("name"), _text("state"), sa.Column("definition", Json, nullable=False),
    _text("content_digest"), _text("audience_digest"), _text("author"), _moment("created_at"), _moment("edited_at"),
    sa.Column("per_minute", sa.Integer, nullable=False), sa.Column("per_day", sa.Integer, nullable=True),
    sa.Column("open_inbox", sa.Integer, nullable=True),  # the present pace; the definition has what was approved
    _text("submitted_by", null=True), _text("approver", null=True), sa.Column("approved_size", sa.Integer, nullable=True),
    _text("override", null=True),  # why the same text may go to the same people again
    sa.Column("texts", Json, nullable=False), _text("launched_by", null=True), _moment("launched_at", null=True),
    # How far the writing down of the audience has come, and then the making of messages.
    _text("frozen_after", null=True), _moment("frozen_at", null=True), sa.Column("size", sa.Integer, nullable=False),
    sa.Column("passed", sa.Integer, nullable=False), _moment("last_due", null=True), sa.Column("pace_day", sa.Date, nullable=True),
    sa.Column("pace_count", sa.Integer, nullable=False), sa.Column("brake_from", sa.Integer, nullable=False),
    _text("why", null=True), _moment("ended_at", null=True),
    sa.Index("ix_campaigns_clinic", "clinic_id", "created_at"),
    sa.Index("ix_campaigns_content", "clinic_id", "content_digest"),
    sa.Index("ix_campaigns_running", "id", **_where("state = 'running'")),
)
#: The audience as it was at launch, a row a person; what became of the message the message's own row says.
campaign_recipients = sa.Table(
    "campaign_recipients", metadata,
    _text("campaign_id", key=True), _text("patient_id", key=True), sa.Column("position", sa.Integer, nullable=False),
    _text("variant"), _text("state"), _text("reason", null=True), _text("message_id", null=True), _moment("made_at", null=True),
    sa.Index("uq_campaign_recipients_position", "campaign_id", "position", unique=True),
    sa.Index("ix_campaign_recipients_message", "message_id", **_where("message_id IS NOT NULL")),
)

# Whom staff choose -------------------------------------------------------------------------------------------------
saved_segments = sa.Table(
    "saved_segments", metadata,
    _text("clinic_id", key=True), _text("name", key=True), _text("title"), sa.Column("definition", Json, nullable=False),
    _text("saved_by"), _moment("saved_at"),
)
#: Lists of people that staff brought as a file. `rows`, `faulty`, `new` count what it holds.
uploads = sa.Table(
    "uploads", metadata,
    _text("id", key=True), _text("clinic_id"), _text("name"), _text("digest"), _text("encoding"), _text("state"), _text("by"),
    _moment("at"), sa.Column("rows", sa.Integer, nullable=False), sa.Column("faulty", sa.Integer, nullable=False),
    sa.Column("new", sa.Integer, nullable=False), sa.Column("header", Json, nullable=False), _moment("accepted_at", null=True),
    sa.Index("ix_uploads_clinic", "clinic_id", "at"),
)
#: `person` is whom a sound row means; `patient_id` stands once the list was accepted. `cells` are patient data: those of
#: new people until then, and those of faulty rows.
upload_rows = sa.Table(
    "upload_rows", metadata,
    _text("upload_id", key=True), sa.Column("row", sa.Integer, primary_key=True, autoincrement=False), _text("clinic_id"),
    _text("person", null=True), _text("patient_id", null=True), sa.Column("cells", Json, nullable=True),
    sa.Column("faults", Json, nullable=True),
    sa.Index("uq_upload_rows_person", "upload_id", "person", unique=True, **_where("person IS NOT NULL")),
    sa.Index("ix_upload_rows_patient", "clinic_id", "patient_id", **_where("patient_id IS NOT NULL")),
)

# What patients answer, and what people must see --------------------------------------------------------------------
inbound = sa.Table(
    "inbound", metadata,
    _text("id", key=True), _text("clinic_id"), _text("provider"), _text("provider_ref"), _text("channel"),
    _text("from_address"), _text("to_address"), _text("text"), sa.Column("media", sa.Integer, nullable=False),
    _moment("received_at"), _text("patient_id", null=True), _text("intent"), _text("rule"), _text("severity", null=True),
    _text("context", null=True),
    sa.UniqueConstraint("provider", "provider_ref"),
    sa.Index("ix_inbound_patient", "clinic_id", "patient_id"),
    sa.Index("ix_inbound_address", "clinic_id", "from_address"),
)
#: One a person who writes, over all channels; `address` is empty where `patient_id` names them.
threads = sa.Table(
    "threads", metadata,
    _text("id", key=True), _text("clinic_id"), _text("patient_id", null=True), _text("address"), _text("channel"),
    _text("last_in"), _moment("last_in_at"), _moment("seen_at", null=True), _text("seen_by", null=True),
    _text("last_out", null=True), _moment("last_out_at", null=True), _text("last_out_by", null=True),
    _text("assigned_to", null=True), _moment("snoozed_until", null=True), _text("locked_by", null=True),
    _moment("locked_until", null=True), _moment("closed_at", null=True), _moment("answered_away_at", null=True),
    sa.Index("uq_threads_patient", "clinic_id", "patient_id", unique=True, **_where("patient_id IS NOT NULL")),
    sa.Index("uq_threads_address", "clinic_id", "address", unique=True, **_where("patient_id IS NULL")),
    sa.Index("ix_threads_newest", "clinic_id", "last_in_at"),
)
#: What staff wrote to a patient in their own words; `text` is patient data.
written = sa.Table(
    "written", metadata,
    _text("message_id", key=True), _text("clinic_id"), _text("thread_id"), _text("text"), _text("by"), _moment("at"),
    sa.Index("ix_written_thread", "thread_id"),
)
#: Mail that came back: bounces, complaints, automatic answers, letters. `raw` and `address` are patient data.
returns = sa.Table(
    "returns", metadata,
    _text("id", key=True), _text("clinic_id"), _text("digest"), _text("door"), _moment("received_at"), _text("kind"),
    _text("message_id", null=True), _text("address", null=True), _text("domain"), _text("action"), _text("code"),
    _text("code_class"), sa.Column("strikes", sa.Integer, nullable=False), _text("note"), _text("did"),
    sa.Column("raw", sa.LargeBinary, nullable=True),
    sa.UniqueConstraint("digest"),
    sa.Index("ix_returns_clinic", "clinic_id", "received_at"),
    sa.Index("ix_returns_address", "clinic_id", "address", **_where("address IS NOT NULL")),
    sa.Index("ix_returns_message", "message_id", **_where("message_id IS NOT NULL")),
    sa.Index("ix_returns_raw", "received_at", **_where("raw IS NOT NULL")),
)
escalations = sa.Table(
    "escalations", metadata,
    _text("id", key=True), _text("clinic_id"), _text("kind"), _text("patient_id", null=True), _text("subject"),
    _text("summary"), _text("state"), _moment("opened_at"), _moment("due_at", null=True), _text("acknowledged_by", null=True),
    _moment("acknowledged_at", null=True), _text("closed_by", null=True), _moment("closed_at", null=True),
    _moment("told_at", null=True), _moment("tell_after", null=True), sa.Column("tell_tries", sa.Integer, nullable=False, server_default="0"),
    _text("severity", null=True), sa.Column("rung", sa.Integer, nullable=False, server_default="0"), _moment("next_rung_at", null=True),
    sa.Index("uq_escalations_open", "clinic_id", "kind", "subject", unique=True, **_where("state <> 'closed'")),
    sa.Index("ix_escalations_untold", "opened_at", **_where("told_at IS NULL")),
    sa.Index("ix_escalations_rung", "next_rung_at", **_where("next_rung_at IS NOT NULL")),
)
#: Numbered choices that were given to an address because an answer could mean several visits; the key is the message's id.
choices = sa.Table(
    "choices", metadata,
    _text("id", key=True), _text("clinic_id"), _text("channel"), _text("address"), _text("answer"),
    sa.Column("visits", Json, nullable=False), _moment("asked_at"), _moment("closed_at", null=True),
    sa.Index("ix_choices_open", "channel", "address", **_where("closed_at IS NULL")),
)
#: Pages a patient may open: the digest of the token, never the token.
links = sa.Table(
    "links", metadata,
    _text("digest", key=True), _text("kind"), _text("clinic_id"), _text("subject"), _moment("expires_at"),
    sa.Column("opened", sa.Integer, nullable=False, server_default="0"), _moment("opened_at", null=True),
    _moment("revoked_at", null=True), _text("revoked_by", null=True),
    sa.Index("ix_links_subject", "clinic_id", "subject"),
)
#: Append-only; a row gets its place in the hash chain (`seq`, `hash`) when a tick seals it.
audit = sa.Table(
    "audit", metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True), _moment("at"), _text("clinic_id"), _text("actor"),
    _text("action"), _text("subject"), _text("patient_id", null=True), sa.Column("detail", Json, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=True), _text("hash", null=True),
    sa.UniqueConstraint("seq"),
    sa.Index("ix_audit_unsealed", "id", **_where("seq IS NULL")),
)
sa.event.listen(audit, "after_create", append_only.guard_created)
#: The end of the chain under our seal, so that entries taken off its end are missed too.
audit_head = sa.Table(
    "audit_head", metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False), sa.Column("seq", sa.BigInteger, nullable=False),
    _text("hash"), _text("seal"),
)

#: What clinics' systems are told (webhooks out), and how their endpoints do.
calls = sa.Table(
    "calls", metadata,
    _text("id", key=True), _text("clinic_id"), _text("url"), _text("type"), _text("subject"),
    sa.Column("data", Json, nullable=False), _moment("created_at"), _text("state"), _moment("due_at"),
    sa.Column("tries", sa.Integer, nullable=False), sa.Column("status", sa.Integer, nullable=True),
    _text("detail", null=True), _moment("finished_at", null=True), _moment("lease_until", null=True),
    sa.Index("ix_calls_due", "due_at", **_where("state = 'waiting'")),
    sa.Index("ix_calls_clinic", "clinic_id", "created_at"),
)
endpoints = sa.Table(
    "endpoints", metadata,
    _text("clinic_id", key=True), _text("url", key=True), _text("state"), _moment("failing_since", null=True),
    sa.Column("failures", sa.Integer, nullable=False), _moment("last_ok", null=True), _text("fault", null=True),
    _text("changed_by", null=True),
)

# The machine -------------------------------------------------------------------------------------------------------
#: Holds of more than one message: scope clinic, instance, account, sender, region or template; `key` says which.
holds = sa.Table(
    "holds", metadata,
    _text("clinic_id", key=True), _text("scope", key=True), _text("key", key=True), _text("cause"), _moment("since"),
    _text("by"), _text("why", null=True),
    # A halt by a provider's code: it ends at `until` (patients' time), or by a probe, tried from `next_try` (real time).
    _text("code", null=True), _moment("until", null=True), _moment("next_try", null=True), _text("probe", null=True),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    _text("proof", null=True),  # what a probe must bring: `delivered` where the code came in a receipt
)
#: Providers and senders that fail too often: new messages start elsewhere until a probe goes well (domain/breaker.py).
circuits = sa.Table(
    "circuits", metadata,
    _text("provider", key=True), _text("sender", key=True), _text("state"), _text("cause"), _moment("since"),
    _moment("until", null=True), sa.Column("times", sa.Integer, nullable=False), _text("probe", null=True),
)
heartbeats = sa.Table(
    "heartbeats", metadata,
    _text("role", key=True), _text("instance", key=True), _moment("at"),
)
#: Which installation sends from this database, and how far it has come; a copy by `db backup` has a second row.
instances = sa.Table(
    "instances", metadata,
    _text("key", key=True), sa.Column("parts", Json, nullable=False), sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("mark", sa.BigInteger, nullable=False), _moment("seen_at"),
)
#: By which hours and days off a clinic's messages were planned; `after` is how far planning them anew has come.
clinic_calendars = sa.Table(
    "clinic_calendars", metadata,
    _text("clinic_id", key=True), _text("digest"), _text("after", null=True), _moment("seen_at"),
)
#: Numbers and moments that the machine keeps of itself: drift found, when a provider may be asked again.
marks = sa.Table(
    "marks", metadata,
    _text("name", key=True), sa.Column("number", sa.BigInteger, nullable=False), _moment("at"),
)
