"""The first tables and the triggers that keep rows unchanged; see `migrations/write.py`."""
# ruff: noqa: E501 - statements are written out as they are run

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column(
            "withdrawn_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint("to_day >= from_day", name="absences_in_order"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("absences_of", "absences", ["person", "from_day"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("login", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column(
            "identity_issuer", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True
        ),
        sa.Column(
            "identity_subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_on", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("created_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("account"),
        sa.UniqueConstraint("identity_issuer", "identity_subject", name="accounts_by_identity"),
        sa.UniqueConstraint("login", name="accounts_by_login"),
        sa.UniqueConstraint("person", name="accounts_by_person"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("token", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "token_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("capacity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'act')", name="api_tokens_scope"),
        sa.PrimaryKeyConstraint("token"),
        sa.UniqueConstraint("token_sha256", name="api_tokens_by_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("api_tokens_of", "api_tokens", ["account"], unique=False)
    op.create_table(
        "ballots",
        sa.Column("ballot", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("meeting", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ballot"),
        info={"read_model": True},
    )
    op.create_index("ballots_of", "ballots", ["campaign", "organisation"], unique=False)
    op.create_table(
        "bundles",
        sa.Column("submission", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("receiver", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("awaited_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("submission"),
        info={"read_model": True},
    )
    op.create_index("bundles_of", "bundles", ["campaign", "organisation"], unique=False)
    op.create_table(
        "calendar_changes",
        sa.Column("change", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "proposed_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("change"),
        info={"read_model": True},
    )
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("what", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("change", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("day", "unit"),
        info={"read_model": True},
    )
    op.create_index("calendar_days_of", "calendar_days", ["unit", "day"], unique=False)
    op.create_table(
        "campaigns",
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column(
            "rulebook_hash", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("superior", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("roster_day", sa.Date(), nullable=False),
        sa.Column("believed_at", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign"),
        info={"read_model": True},
    )
    op.create_table(
        "conflicts",
        sa.Column(
            "conflict_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("stage", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "reason_digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "declared_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("conflict_id"),
        info={"read_model": True},
    )
    op.create_index("conflicts_of", "conflicts", ["person"], unique=False)
    op.create_index("conflicts_with", "conflicts", ["subject"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Text(), nullable=False),
        sa.Column("quiet_to", sa.Text(), nullable=False),
        sa.Column(
            "calendar_secret", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_index("contacts_by_secret", "contacts", ["calendar_secret"], unique=True)
    op.create_table(
        "count_draft_sheets",
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "organisation"),
    )
    op.create_table(
        "count_drafts",
        sa.Column("review", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("level", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.CheckConstraint("papers >= 0", name="count_drafts_papers"),
        sa.PrimaryKeyConstraint("review", "level"),
    )
    op.create_index("count_drafts_of", "count_drafts", ["campaign", "organisation"], unique=False)
    op.create_table(
        "deadlines",
        sa.Column("deadline", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("superior", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "subject_kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("gate", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("rule", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("basis", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stated_day", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("safe_day", sa.Date(), nullable=False),
        sa.Column("unit", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("deadline"),
        info={"read_model": True},
    )
    op.create_index(
        "deadlines_ending",
        "deadlines",
        ["campaign", "overdue", "ends_at"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL AND NOT dropped"),
        postgresql_where=sa.text("done_on IS NULL AND NOT dropped"),
    )
    op.create_index(
        "deadlines_next",
        "deadlines",
        ["campaign", "next_on"],
        unique=False,
        sqlite_where=sa.text("next_on IS NOT NULL"),
        postgresql_where=sa.text("next_on IS NOT NULL"),
    )
    op.create_index(
        "deadlines_of_organisation", "deadlines", ["campaign", "organisation", "gate"], unique=False
    )
    op.create_index("deadlines_of_subject", "deadlines", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "declarations",
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("list", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("stream_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "organisation", "list"),
        info={"read_model": True},
    )
    op.create_table(
        "delegations",
        sa.Column(
            "delegation_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("stage", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("holder", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("role", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("delegation_id"),
        info={"read_model": True},
    )
    op.create_index("delegations_of", "delegations", ["holder"], unique=False)
    op.create_index("delegations_to", "delegations", ["person"], unique=False)
    op.create_table(
        "delivery_attempts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outbox", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("outcome", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index("delivery_attempts_of", "delivery_attempts", ["outbox"], unique=False)
    op.create_table(
        "earlier_years",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("history", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("row_id"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index("earlier_years_of", "earlier_years", ["subject", "year"], unique=False)
    op.create_index(op.f("ix_earlier_years_history"), "earlier_years", ["history"], unique=False)
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column(
            "occurred_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("rulebook_hash", sa.Text(), nullable=False),
        sa.Column("verdicts", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("findings_digest", sa.LargeBinary(), nullable=True),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(event_hash) = 32", name="events_event_hash_length"),
        sa.CheckConstraint("length(previous_hash) IN (0, 32)", name="events_previous_hash_length"),
        sa.CheckConstraint("version >= 1", name="events_version_from_1"),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("stream", "version", name="events_stream_version"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "events_late",
        "events",
        ["stream"],
        unique=False,
        sqlite_where=sa.text("julianday(recorded_at) - julianday(occurred_at) > 3"),
        postgresql_where=sa.text("recorded_at - occurred_at > interval '3 days'"),
    )
    op.create_index(
        "events_of_note",
        "events",
        ["name", "position"],
        unique=False,
        sqlite_where=sa.text(
            "name IN ('ballot_reopened', 'ballot_repeated', 'count_corrected', 'entry_corrected', 'exception_authorised', 'flag_raised', 'review_annulled', 'review_re_rated', 'vote_corrected', 'vote_turned_to_carried', 'vote_turned_to_failed', 'vote_turned_to_level')"
        ),
        postgresql_where=sa.text(
            "name IN ('ballot_reopened', 'ballot_repeated', 'count_corrected', 'entry_corrected', 'exception_authorised', 'flag_raised', 'review_annulled', 'review_re_rated', 'vote_corrected', 'vote_turned_to_carried', 'vote_turned_to_failed', 'vote_turned_to_level')"
        ),
    )
    op.create_table(
        "exports",
        sa.Column("export", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("actor", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("body", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("what", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.CheckConstraint("rows >= 0", name="exports_rows"),
        sa.PrimaryKeyConstraint("export"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index("exports_of_actor", "exports", ["actor", "at"], unique=False)
    op.create_index(op.f("ix_exports_at"), "exports", ["at"], unique=False)
    op.create_table(
        "findings",
        sa.Column("stream", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "version"),
        info={"append_only": True},
    )
    op.create_table(
        "grants",
        sa.Column("grant_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("role", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "proposed_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("settled_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("grant_id"),
        info={"read_model": True},
    )
    op.create_index("grants_at", "grants", ["body", "role"], unique=False)
    op.create_index("grants_of", "grants", ["person"], unique=False)
    op.create_table(
        "guards",
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "heads",
        sa.Column("stream", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("stream"),
    )
    op.create_table(
        "idempotency",
        sa.Column("actor", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.PrimaryKeyConstraint("actor", "key"),
    )
    op.create_table(
        "identity_attempts",
        sa.Column(
            "state_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "browser_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("state_sha256"),
    )
    op.create_index("identity_attempts_over", "identity_attempts", ["expires_at"], unique=False)
    op.create_table(
        "installation_keys",
        sa.Column("name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "jobs",
        sa.Column("job", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("asked_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("capacity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("language", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("orders", sa.Text(), nullable=False),
        sa.Column("leads_to", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("state", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("done", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('running', 'done', 'refused', 'failed')", name="jobs_state"),
        sa.PrimaryKeyConstraint("job"),
        sqlite_autoincrement=True,
    )
    op.create_index("jobs_key", "jobs", ["asked_by", "key"], unique=True)
    op.create_index("jobs_kind", "jobs", ["kind", "job"], unique=False)
    op.create_table(
        "list_entries",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("list", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("self_detected", sa.Boolean(), nullable=True),
        sa.Column("term_ends", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("violation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("charged", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("disciplined", sa.Boolean(), nullable=True),
        sa.Column("duty_related", sa.Boolean(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column(
            "superseded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "list IN ('discipline', 'violation', 'complaint', 'open_finding', 'sick_leave', 'suggestion', 'mass_organisation', 'administration', 'subordinate')",
            name="list_entries_list",
        ),
        sa.CheckConstraint("erased_at IS NOT NULL OR length(salt) = 32", name="list_entries_salt_length"),
        sa.CheckConstraint(
            "from_day IS NULL OR to_day IS NULL OR to_day >= from_day", name="list_entries_period"
        ),
        sa.CheckConstraint("length(digest) = 32", name="list_entries_digest_length"),
        sa.PrimaryKeyConstraint("row_id"),
        sa.UniqueConstraint("entry", name="list_entries_entry"),
        info={
            "closing": ("superseded_at",),
            "erasing": (
                "erased_at",
                "salt",
                "cause",
                "decided_on",
                "from_day",
                "to_day",
                "term_ends",
                "document",
                "violation",
                "charged",
                "disciplined",
                "duty_related",
            ),
        },
        sqlite_autoincrement=True,
    )
    op.create_index("list_entries_at", "list_entries", ["organisation", "list"], unique=False)
    op.create_index("list_entries_of", "list_entries", ["campaign", "organisation", "list"], unique=False)
    op.create_index("list_entries_subject", "list_entries", ["subject"], unique=False)
    op.create_index("list_entries_violation", "list_entries", ["violation"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("meeting", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("venue", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meeting"),
        info={"read_model": True},
    )
    op.create_index("meetings_of_venue", "meetings", ["campaign", "venue"], unique=False)
    op.create_table(
        "neighbours",
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("neighbour", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("scale_length", sa.Integer(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("stream_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "organisation", "neighbour"),
        info={"read_model": True},
    )
    op.create_table(
        "notices",
        sa.Column("notice", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("recipient", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("capacity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("gate", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("rule", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("safe_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rung_on", sa.Date(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("notice"),
        sa.UniqueConstraint("key", name="notices_once"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notices_digest"), "notices", ["digest"], unique=False)
    op.create_index("notices_of_recipient", "notices", ["recipient", "noticed_on"], unique=False)
    op.create_table(
        "one_time_links",
        sa.Column("link", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "token_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("purpose", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("made_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.PrimaryKeyConstraint("link"),
        sa.UniqueConstraint("token_sha256", name="one_time_links_by_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("one_time_links_of", "one_time_links", ["account"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("channel", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("recipient", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("state", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column(
            "leased_until", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="outbox_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_of_recipient", "outbox", ["recipient"], unique=False)
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "plans",
        sa.Column("plan", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("review", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("monitor", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("appraiser", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("open_items", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("drawn_up_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan"),
        info={"read_model": True},
    )
    op.create_index("plans_of", "plans", ["campaign", "organisation"], unique=False)
    op.create_index("plans_of_review", "plans", ["review"], unique=False)
    op.create_table(
        "private_texts",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row_id"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_private_texts_stream"), "private_texts", ["stream"], unique=False)
    op.create_table(
        "progress",
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("level", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "organisation", "kind", "stage", "level"),
        info={"read_model": True},
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "code_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("account", "code_sha256"),
    )
    op.create_table(
        "refusals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("failing", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reminders",
        sa.Column("reminder", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deadline", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("superior", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("gate", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("rule", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("safe_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rung_on", sa.Date(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("reminder"),
        sa.UniqueConstraint("deadline", "due_on", "rung", name="reminders_once"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index("reminders_found", "reminders", ["found_on", "campaign", "organisation"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("review", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("quality", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("subject", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("superior", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("remembered", sa.Text(), nullable=False),
        sa.Column("rated", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("self_level", sa.Text(), nullable=True),
        sa.Column("proposed_level", sa.Text(), nullable=True),
        sa.Column("voted_level", sa.Text(), nullable=True),
        sa.Column("appraised_level", sa.Text(), nullable=True),
        sa.Column("decided_level", sa.Text(), nullable=True),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("bundle", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("prepared_on", sa.Date(), nullable=True),
        sa.Column("draft_sent_on", sa.Date(), nullable=True),
        sa.Column("superior_told_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("appraised_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("review"),
        info={"read_model": True},
    )
    op.create_index("reviews_in_order", "reviews", ["campaign", "review"], unique=False)
    op.create_index("reviews_of_organisation", "reviews", ["campaign", "organisation", "kind"], unique=False)
    op.create_index("reviews_of_subject", "reviews", ["subject"], unique=False)
    op.create_index("reviews_of_superior", "reviews", ["campaign", "superior", "kind"], unique=False)
    op.create_table(
        "rewards",
        sa.Column("reward", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("superior", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("review", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("award", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("through", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reward"),
        info={"read_model": True},
    )
    op.create_index("rewards_of", "rewards", ["campaign", "superior"], unique=False)
    op.create_index("rewards_of_review", "rewards", ["review"], unique=False)
    op.create_table(
        "roster_imports",
        sa.Column("import_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "file_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.CheckConstraint("(state = 'previewed') = (decided_at IS NULL)", name="roster_imports_decided"),
        sa.CheckConstraint("state IN ('previewed', 'confirmed', 'rejected')", name="roster_imports_state"),
        sa.PrimaryKeyConstraint("import_id"),
        info={"closing": ("decided_at", "decided_by", "state"), "erasing": ("erased_at", "content")},
    )
    op.create_table(
        "roster_memberships",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "superseded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "membership_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("person_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("group_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.CheckConstraint("kind IN ('official', 'temporary', 'union')", name="roster_memberships_kind"),
        sa.CheckConstraint(
            "erased_at IS NOT NULL OR length(salt) = 32", name="roster_memberships_salt_length"
        ),
        sa.CheckConstraint("length(digest) = 32", name="roster_memberships_digest_length"),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name="roster_memberships_valid_period"
        ),
        sa.PrimaryKeyConstraint("row_id"),
        info={"closing": ("superseded_at",), "erasing": ("erased_at", "salt")},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "roster_memberships_current",
        "roster_memberships",
        ["membership_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "roster_memberships_membership_id",
        "roster_memberships",
        ["membership_id", "valid_from"],
        unique=False,
    )
    op.create_index(
        "roster_memberships_organisation", "roster_memberships", ["organisation_id"], unique=False
    )
    op.create_index("roster_memberships_person", "roster_memberships", ["person_id"], unique=False)
    op.create_table(
        "roster_organisations",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "superseded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "organisation_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("superior_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("has_committee", sa.Boolean(), nullable=True),
        sa.Column("is_joint", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "erased_at IS NOT NULL OR length(salt) = 32", name="roster_organisations_salt_length"
        ),
        sa.CheckConstraint("length(digest) = 32", name="roster_organisations_digest_length"),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name="roster_organisations_valid_period"
        ),
        sa.PrimaryKeyConstraint("row_id"),
        info={"closing": ("superseded_at",), "erasing": ("erased_at", "salt")},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "roster_organisations_current",
        "roster_organisations",
        ["organisation_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "roster_organisations_organisation_id",
        "roster_organisations",
        ["organisation_id", "valid_from"],
        unique=False,
    )
    op.create_index("roster_organisations_superior", "roster_organisations", ["superior_id"], unique=False)
    op.create_table(
        "roster_people",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "superseded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("status", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("card_number", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("official_on", sa.Date(), nullable=True),
        sa.Column("is_staff", sa.Boolean(), nullable=True),
        sa.Column("staff_kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("direct_contact", sa.Boolean(), nullable=True),
        sa.CheckConstraint("erased_at IS NOT NULL OR length(salt) = 32", name="roster_people_salt_length"),
        sa.CheckConstraint("erased_at IS NOT NULL OR name IS NOT NULL", name="roster_people_name"),
        sa.CheckConstraint("length(digest) = 32", name="roster_people_digest_length"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="roster_people_valid_period"),
        sa.PrimaryKeyConstraint("row_id"),
        info={
            "closing": ("superseded_at",),
            "erasing": ("erased_at", "salt", "name", "birth_date", "card_number"),
        },
        sqlite_autoincrement=True,
    )
    op.create_index(
        "roster_people_current",
        "roster_people",
        ["person_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index("roster_people_person_id", "roster_people", ["person_id", "valid_from"], unique=False)
    op.create_table(
        "roster_positions",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "superseded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column(
            "position_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("person_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("post", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=True),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.CheckConstraint("erased_at IS NOT NULL OR length(salt) = 32", name="roster_positions_salt_length"),
        sa.CheckConstraint("length(digest) = 32", name="roster_positions_digest_length"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="roster_positions_valid_period"),
        sa.PrimaryKeyConstraint("row_id"),
        info={"closing": ("superseded_at",), "erasing": ("erased_at", "salt")},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "roster_positions_current",
        "roster_positions",
        ["position_id", "valid_from"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index("roster_positions_organisation", "roster_positions", ["organisation_id"], unique=False)
    op.create_index("roster_positions_person", "roster_positions", ["person_id"], unique=False)
    op.create_index(
        "roster_positions_position_id", "roster_positions", ["position_id", "valid_from"], unique=False
    )
    op.create_table(
        "rulebooks",
        sa.Column("hash", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
        info={"append_only": True},
    )
    op.create_table(
        "saved_views",
        sa.Column("view", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("view"),
        sa.UniqueConstraint("person", "name", name="saved_views_once"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "security_log",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("what", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("by", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("entry_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(entry_hash) = 32", name="security_log_hash_length"),
        sa.CheckConstraint("length(previous_hash) IN (0, 32)", name="security_log_previous_length"),
        sa.PrimaryKeyConstraint("position"),
        info={"append_only": True},
    )
    op.create_index("security_log_of", "security_log", ["account", "position"], unique=False)
    op.create_index("security_log_what", "security_log", ["what", "position"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("review", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("venue", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("venue_kind", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("at", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("review", "venue"),
        info={"read_model": True},
    )
    op.create_index("sessions_of_venue", "sessions", ["campaign", "venue"], unique=False)
    op.create_table(
        "settlements",
        sa.Column("entry", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("list", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("stream_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
        info={"read_model": True},
    )
    op.create_table(
        "sign_in_sessions",
        sa.Column("session", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "token_sha256", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("account", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=True),
        sa.Column("waits_for_code", sa.Boolean(), nullable=False),
        sa.Column("by_identity", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("session"),
        sa.UniqueConstraint("token_sha256", name="sign_in_sessions_by_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("sign_in_sessions_of", "sign_in_sessions", ["account"], unique=False)
    op.create_table(
        "sign_in_throttle",
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("sign_in_throttle_last", "sign_in_throttle", ["last_at"], unique=False)
    op.create_table(
        "snoozes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("campaign", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("kind", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("gate", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("rule", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id"),
        info={"append_only": True},
        sqlite_autoincrement=True,
    )
    op.create_index("snoozes_of", "snoozes", ["recipient", "until"], unique=False)
    op.create_table(
        "webhooks",
        sa.Column("webhook", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column(
            "organisation", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("webhook"),
    )
    op.create_table(
        "refused_streams",
        sa.Column("stream", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("refusal", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["refusal"],
            ["refusals.id"],
        ),
        sa.PrimaryKeyConstraint("stream", "refusal"),
        info={"append_only": True},
    )

    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("a log is never taken down; restore a backup instead")


TRIGGERS = {
    "sqlite": (
        """
CREATE TRIGGER delivery_attempts_no_UPDATE BEFORE UPDATE ON delivery_attempts
BEGIN SELECT RAISE(ABORT, 'delivery_attempts is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER delivery_attempts_no_DELETE BEFORE DELETE ON delivery_attempts
BEGIN SELECT RAISE(ABORT, 'delivery_attempts is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER earlier_years_no_UPDATE BEFORE UPDATE ON earlier_years
BEGIN SELECT RAISE(ABORT, 'earlier_years is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER earlier_years_no_DELETE BEFORE DELETE ON earlier_years
BEGIN SELECT RAISE(ABORT, 'earlier_years is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER events_no_UPDATE BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER events_no_DELETE BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER exports_no_UPDATE BEFORE UPDATE ON exports
BEGIN SELECT RAISE(ABORT, 'exports is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER exports_no_DELETE BEFORE DELETE ON exports
BEGIN SELECT RAISE(ABORT, 'exports is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER findings_no_UPDATE BEFORE UPDATE ON findings
BEGIN SELECT RAISE(ABORT, 'findings is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER findings_no_DELETE BEFORE DELETE ON findings
BEGIN SELECT RAISE(ABORT, 'findings is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER private_texts_no_UPDATE BEFORE UPDATE ON private_texts
BEGIN SELECT RAISE(ABORT, 'private_texts is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER private_texts_no_DELETE BEFORE DELETE ON private_texts
BEGIN SELECT RAISE(ABORT, 'private_texts is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER refusals_no_UPDATE BEFORE UPDATE ON refusals
BEGIN SELECT RAISE(ABORT, 'refusals is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER refusals_no_DELETE BEFORE DELETE ON refusals
BEGIN SELECT RAISE(ABORT, 'refusals is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER reminders_no_UPDATE BEFORE UPDATE ON reminders
BEGIN SELECT RAISE(ABORT, 'reminders is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER reminders_no_DELETE BEFORE DELETE ON reminders
BEGIN SELECT RAISE(ABORT, 'reminders is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER rulebooks_no_UPDATE BEFORE UPDATE ON rulebooks
BEGIN SELECT RAISE(ABORT, 'rulebooks is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER rulebooks_no_DELETE BEFORE DELETE ON rulebooks
BEGIN SELECT RAISE(ABORT, 'rulebooks is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER security_log_no_UPDATE BEFORE UPDATE ON security_log
BEGIN SELECT RAISE(ABORT, 'security_log is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER security_log_no_DELETE BEFORE DELETE ON security_log
BEGIN SELECT RAISE(ABORT, 'security_log is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER snoozes_no_UPDATE BEFORE UPDATE ON snoozes
BEGIN SELECT RAISE(ABORT, 'snoozes is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER snoozes_no_DELETE BEFORE DELETE ON snoozes
BEGIN SELECT RAISE(ABORT, 'snoozes is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER refused_streams_no_UPDATE BEFORE UPDATE ON refused_streams
BEGIN SELECT RAISE(ABORT, 'refused_streams is append-only: UPDATE refused'); END
""",
        """
CREATE TRIGGER refused_streams_no_DELETE BEFORE DELETE ON refused_streams
BEGIN SELECT RAISE(ABORT, 'refused_streams is append-only: DELETE refused'); END
""",
        """
CREATE TRIGGER roster_organisations_closing_only BEFORE UPDATE ON roster_organisations WHEN NOT (NEW."row_id" IS OLD."row_id" AND NEW."valid_from" IS OLD."valid_from" AND NEW."valid_to" IS OLD."valid_to" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND NEW."source" IS OLD."source" AND NEW."digest" IS OLD."digest" AND NEW."organisation_id" IS OLD."organisation_id" AND NEW."name" IS OLD."name" AND NEW."type" IS OLD."type" AND NEW."superior_id" IS OLD."superior_id" AND NEW."founded_on" IS OLD."founded_on" AND NEW."has_committee" IS OLD."has_committee" AND NEW."is_joint" IS OLD."is_joint" AND ((NEW."superseded_at" IS OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."salt" IS OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))
BEGIN SELECT RAISE(ABORT, 'roster_organisations rows are closed, never changed'); END
""",
        """
CREATE TRIGGER roster_organisations_no_delete BEFORE DELETE ON roster_organisations
BEGIN SELECT RAISE(ABORT, 'roster_organisations rows are closed, never removed'); END
""",
        """
CREATE TRIGGER roster_people_closing_only BEFORE UPDATE ON roster_people WHEN NOT (NEW."row_id" IS OLD."row_id" AND NEW."valid_from" IS OLD."valid_from" AND NEW."valid_to" IS OLD."valid_to" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND NEW."source" IS OLD."source" AND NEW."digest" IS OLD."digest" AND NEW."person_id" IS OLD."person_id" AND NEW."status" IS OLD."status" AND NEW."admitted_on" IS OLD."admitted_on" AND NEW."official_on" IS OLD."official_on" AND NEW."is_staff" IS OLD."is_staff" AND NEW."staff_kind" IS OLD."staff_kind" AND NEW."direct_contact" IS OLD."direct_contact" AND ((NEW."superseded_at" IS OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."salt" IS OLD."salt" AND NEW."name" IS OLD."name" AND NEW."birth_date" IS OLD."birth_date" AND NEW."card_number" IS OLD."card_number") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL AND NEW.name IS NULL AND NEW.birth_date IS NULL AND NEW.card_number IS NULL)))
BEGIN SELECT RAISE(ABORT, 'roster_people rows are closed, never changed'); END
""",
        """
CREATE TRIGGER roster_people_no_delete BEFORE DELETE ON roster_people
BEGIN SELECT RAISE(ABORT, 'roster_people rows are closed, never removed'); END
""",
        """
CREATE TRIGGER roster_memberships_closing_only BEFORE UPDATE ON roster_memberships WHEN NOT (NEW."row_id" IS OLD."row_id" AND NEW."valid_from" IS OLD."valid_from" AND NEW."valid_to" IS OLD."valid_to" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND NEW."source" IS OLD."source" AND NEW."digest" IS OLD."digest" AND NEW."membership_id" IS OLD."membership_id" AND NEW."person_id" IS OLD."person_id" AND NEW."organisation_id" IS OLD."organisation_id" AND NEW."group_id" IS OLD."group_id" AND NEW."joined_on" IS OLD."joined_on" AND NEW."kind" IS OLD."kind" AND ((NEW."superseded_at" IS OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."salt" IS OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))
BEGIN SELECT RAISE(ABORT, 'roster_memberships rows are closed, never changed'); END
""",
        """
CREATE TRIGGER roster_memberships_no_delete BEFORE DELETE ON roster_memberships
BEGIN SELECT RAISE(ABORT, 'roster_memberships rows are closed, never removed'); END
""",
        """
CREATE TRIGGER roster_positions_closing_only BEFORE UPDATE ON roster_positions WHEN NOT (NEW."row_id" IS OLD."row_id" AND NEW."valid_from" IS OLD."valid_from" AND NEW."valid_to" IS OLD."valid_to" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND NEW."source" IS OLD."source" AND NEW."digest" IS OLD."digest" AND NEW."position_id" IS OLD."position_id" AND NEW."person_id" IS OLD."person_id" AND NEW."organisation_id" IS OLD."organisation_id" AND NEW."post" IS OLD."post" AND NEW."held_from" IS OLD."held_from" AND NEW."held_to" IS OLD."held_to" AND NEW."title" IS OLD."title" AND ((NEW."superseded_at" IS OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."salt" IS OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))
BEGIN SELECT RAISE(ABORT, 'roster_positions rows are closed, never changed'); END
""",
        """
CREATE TRIGGER roster_positions_no_delete BEFORE DELETE ON roster_positions
BEGIN SELECT RAISE(ABORT, 'roster_positions rows are closed, never removed'); END
""",
        """
CREATE TRIGGER roster_imports_closing_only BEFORE UPDATE ON roster_imports WHEN NOT (NEW."import_id" IS OLD."import_id" AND NEW."file_name" IS OLD."file_name" AND NEW."file_sha256" IS OLD."file_sha256" AND NEW."effective_on" IS OLD."effective_on" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND ((NEW."decided_at" IS OLD."decided_at" AND NEW."decided_by" IS OLD."decided_by" AND NEW."state" IS OLD."state") OR (OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."content" IS OLD."content") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content IS NULL)))
BEGIN SELECT RAISE(ABORT, 'roster_imports rows are closed, never changed'); END
""",
        """
CREATE TRIGGER roster_imports_no_delete BEFORE DELETE ON roster_imports
BEGIN SELECT RAISE(ABORT, 'roster_imports rows are closed, never removed'); END
""",
        """
CREATE TRIGGER list_entries_closing_only BEFORE UPDATE ON list_entries WHEN NOT (NEW."row_id" IS OLD."row_id" AND NEW."entry" IS OLD."entry" AND NEW."campaign" IS OLD."campaign" AND NEW."organisation" IS OLD."organisation" AND NEW."list" IS OLD."list" AND NEW."subject" IS OLD."subject" AND NEW."self_detected" IS OLD."self_detected" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."recorded_by" IS OLD."recorded_by" AND NEW."digest" IS OLD."digest" AND ((NEW."superseded_at" IS OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS OLD."erased_at" AND NEW."salt" IS OLD."salt" AND NEW."cause" IS OLD."cause" AND NEW."decided_on" IS OLD."decided_on" AND NEW."from_day" IS OLD."from_day" AND NEW."to_day" IS OLD."to_day" AND NEW."term_ends" IS OLD."term_ends" AND NEW."document" IS OLD."document" AND NEW."violation" IS OLD."violation" AND NEW."charged" IS OLD."charged" AND NEW."disciplined" IS OLD."disciplined" AND NEW."duty_related" IS OLD."duty_related") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL AND NEW.cause IS NULL AND NEW.decided_on IS NULL AND NEW.from_day IS NULL AND NEW.to_day IS NULL AND NEW.term_ends IS NULL AND NEW.document IS NULL AND NEW.violation IS NULL AND NEW.charged IS NULL AND NEW.disciplined IS NULL AND NEW.duty_related IS NULL)))
BEGIN SELECT RAISE(ABORT, 'list_entries rows are closed, never changed'); END
""",
        """
CREATE TRIGGER list_entries_no_delete BEFORE DELETE ON list_entries
BEGIN SELECT RAISE(ABORT, 'list_entries rows are closed, never removed'); END
""",
    ),
    "postgresql": (
        """
CREATE FUNCTION kiemdiem_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$
""",
        """
CREATE TRIGGER delivery_attempts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_attempts
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER earlier_years_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON earlier_years
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER exports_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exports
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER findings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON findings
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER private_texts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON private_texts
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER refusals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refusals
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER reminders_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reminders
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER rulebooks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebooks
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER security_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON security_log
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER snoozes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON snoozes
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE TRIGGER refused_streams_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refused_streams
FOR EACH STATEMENT EXECUTE FUNCTION kiemdiem_append_only()
""",
        """
CREATE FUNCTION roster_organisations_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_organisations rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER roster_organisations_closing_only BEFORE UPDATE ON roster_organisations
FOR EACH ROW WHEN (NOT (NEW."row_id" IS NOT DISTINCT FROM OLD."row_id" AND NEW."valid_from" IS NOT DISTINCT FROM OLD."valid_from" AND NEW."valid_to" IS NOT DISTINCT FROM OLD."valid_to" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND NEW."source" IS NOT DISTINCT FROM OLD."source" AND NEW."digest" IS NOT DISTINCT FROM OLD."digest" AND NEW."organisation_id" IS NOT DISTINCT FROM OLD."organisation_id" AND NEW."name" IS NOT DISTINCT FROM OLD."name" AND NEW."type" IS NOT DISTINCT FROM OLD."type" AND NEW."superior_id" IS NOT DISTINCT FROM OLD."superior_id" AND NEW."founded_on" IS NOT DISTINCT FROM OLD."founded_on" AND NEW."has_committee" IS NOT DISTINCT FROM OLD."has_committee" AND NEW."is_joint" IS NOT DISTINCT FROM OLD."is_joint" AND ((NEW."superseded_at" IS NOT DISTINCT FROM OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."salt" IS NOT DISTINCT FROM OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))) EXECUTE FUNCTION roster_organisations_closing_only()
""",
        """
CREATE TRIGGER roster_organisations_no_delete BEFORE DELETE OR TRUNCATE ON roster_organisations
FOR EACH STATEMENT EXECUTE FUNCTION roster_organisations_closing_only()
""",
        """
CREATE FUNCTION roster_people_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_people rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER roster_people_closing_only BEFORE UPDATE ON roster_people
FOR EACH ROW WHEN (NOT (NEW."row_id" IS NOT DISTINCT FROM OLD."row_id" AND NEW."valid_from" IS NOT DISTINCT FROM OLD."valid_from" AND NEW."valid_to" IS NOT DISTINCT FROM OLD."valid_to" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND NEW."source" IS NOT DISTINCT FROM OLD."source" AND NEW."digest" IS NOT DISTINCT FROM OLD."digest" AND NEW."person_id" IS NOT DISTINCT FROM OLD."person_id" AND NEW."status" IS NOT DISTINCT FROM OLD."status" AND NEW."admitted_on" IS NOT DISTINCT FROM OLD."admitted_on" AND NEW."official_on" IS NOT DISTINCT FROM OLD."official_on" AND NEW."is_staff" IS NOT DISTINCT FROM OLD."is_staff" AND NEW."staff_kind" IS NOT DISTINCT FROM OLD."staff_kind" AND NEW."direct_contact" IS NOT DISTINCT FROM OLD."direct_contact" AND ((NEW."superseded_at" IS NOT DISTINCT FROM OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."salt" IS NOT DISTINCT FROM OLD."salt" AND NEW."name" IS NOT DISTINCT FROM OLD."name" AND NEW."birth_date" IS NOT DISTINCT FROM OLD."birth_date" AND NEW."card_number" IS NOT DISTINCT FROM OLD."card_number") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL AND NEW.name IS NULL AND NEW.birth_date IS NULL AND NEW.card_number IS NULL)))) EXECUTE FUNCTION roster_people_closing_only()
""",
        """
CREATE TRIGGER roster_people_no_delete BEFORE DELETE OR TRUNCATE ON roster_people
FOR EACH STATEMENT EXECUTE FUNCTION roster_people_closing_only()
""",
        """
CREATE FUNCTION roster_memberships_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_memberships rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER roster_memberships_closing_only BEFORE UPDATE ON roster_memberships
FOR EACH ROW WHEN (NOT (NEW."row_id" IS NOT DISTINCT FROM OLD."row_id" AND NEW."valid_from" IS NOT DISTINCT FROM OLD."valid_from" AND NEW."valid_to" IS NOT DISTINCT FROM OLD."valid_to" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND NEW."source" IS NOT DISTINCT FROM OLD."source" AND NEW."digest" IS NOT DISTINCT FROM OLD."digest" AND NEW."membership_id" IS NOT DISTINCT FROM OLD."membership_id" AND NEW."person_id" IS NOT DISTINCT FROM OLD."person_id" AND NEW."organisation_id" IS NOT DISTINCT FROM OLD."organisation_id" AND NEW."group_id" IS NOT DISTINCT FROM OLD."group_id" AND NEW."joined_on" IS NOT DISTINCT FROM OLD."joined_on" AND NEW."kind" IS NOT DISTINCT FROM OLD."kind" AND ((NEW."superseded_at" IS NOT DISTINCT FROM OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."salt" IS NOT DISTINCT FROM OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))) EXECUTE FUNCTION roster_memberships_closing_only()
""",
        """
CREATE TRIGGER roster_memberships_no_delete BEFORE DELETE OR TRUNCATE ON roster_memberships
FOR EACH STATEMENT EXECUTE FUNCTION roster_memberships_closing_only()
""",
        """
CREATE FUNCTION roster_positions_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_positions rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER roster_positions_closing_only BEFORE UPDATE ON roster_positions
FOR EACH ROW WHEN (NOT (NEW."row_id" IS NOT DISTINCT FROM OLD."row_id" AND NEW."valid_from" IS NOT DISTINCT FROM OLD."valid_from" AND NEW."valid_to" IS NOT DISTINCT FROM OLD."valid_to" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND NEW."source" IS NOT DISTINCT FROM OLD."source" AND NEW."digest" IS NOT DISTINCT FROM OLD."digest" AND NEW."position_id" IS NOT DISTINCT FROM OLD."position_id" AND NEW."person_id" IS NOT DISTINCT FROM OLD."person_id" AND NEW."organisation_id" IS NOT DISTINCT FROM OLD."organisation_id" AND NEW."post" IS NOT DISTINCT FROM OLD."post" AND NEW."held_from" IS NOT DISTINCT FROM OLD."held_from" AND NEW."held_to" IS NOT DISTINCT FROM OLD."held_to" AND NEW."title" IS NOT DISTINCT FROM OLD."title" AND ((NEW."superseded_at" IS NOT DISTINCT FROM OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."salt" IS NOT DISTINCT FROM OLD."salt") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL)))) EXECUTE FUNCTION roster_positions_closing_only()
""",
        """
CREATE TRIGGER roster_positions_no_delete BEFORE DELETE OR TRUNCATE ON roster_positions
FOR EACH STATEMENT EXECUTE FUNCTION roster_positions_closing_only()
""",
        """
CREATE FUNCTION roster_imports_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'roster_imports rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER roster_imports_closing_only BEFORE UPDATE ON roster_imports
FOR EACH ROW WHEN (NOT (NEW."import_id" IS NOT DISTINCT FROM OLD."import_id" AND NEW."file_name" IS NOT DISTINCT FROM OLD."file_name" AND NEW."file_sha256" IS NOT DISTINCT FROM OLD."file_sha256" AND NEW."effective_on" IS NOT DISTINCT FROM OLD."effective_on" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND ((NEW."decided_at" IS NOT DISTINCT FROM OLD."decided_at" AND NEW."decided_by" IS NOT DISTINCT FROM OLD."decided_by" AND NEW."state" IS NOT DISTINCT FROM OLD."state") OR (OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."content" IS NOT DISTINCT FROM OLD."content") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content IS NULL)))) EXECUTE FUNCTION roster_imports_closing_only()
""",
        """
CREATE TRIGGER roster_imports_no_delete BEFORE DELETE OR TRUNCATE ON roster_imports
FOR EACH STATEMENT EXECUTE FUNCTION roster_imports_closing_only()
""",
        """
CREATE FUNCTION list_entries_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'list_entries rows are closed, never changed: % refused', TG_OP;
END $$
""",
        """
CREATE TRIGGER list_entries_closing_only BEFORE UPDATE ON list_entries
FOR EACH ROW WHEN (NOT (NEW."row_id" IS NOT DISTINCT FROM OLD."row_id" AND NEW."entry" IS NOT DISTINCT FROM OLD."entry" AND NEW."campaign" IS NOT DISTINCT FROM OLD."campaign" AND NEW."organisation" IS NOT DISTINCT FROM OLD."organisation" AND NEW."list" IS NOT DISTINCT FROM OLD."list" AND NEW."subject" IS NOT DISTINCT FROM OLD."subject" AND NEW."self_detected" IS NOT DISTINCT FROM OLD."self_detected" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."recorded_by" IS NOT DISTINCT FROM OLD."recorded_by" AND NEW."digest" IS NOT DISTINCT FROM OLD."digest" AND ((NEW."superseded_at" IS NOT DISTINCT FROM OLD."superseded_at") OR (OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL)) AND ((NEW."erased_at" IS NOT DISTINCT FROM OLD."erased_at" AND NEW."salt" IS NOT DISTINCT FROM OLD."salt" AND NEW."cause" IS NOT DISTINCT FROM OLD."cause" AND NEW."decided_on" IS NOT DISTINCT FROM OLD."decided_on" AND NEW."from_day" IS NOT DISTINCT FROM OLD."from_day" AND NEW."to_day" IS NOT DISTINCT FROM OLD."to_day" AND NEW."term_ends" IS NOT DISTINCT FROM OLD."term_ends" AND NEW."document" IS NOT DISTINCT FROM OLD."document" AND NEW."violation" IS NOT DISTINCT FROM OLD."violation" AND NEW."charged" IS NOT DISTINCT FROM OLD."charged" AND NEW."disciplined" IS NOT DISTINCT FROM OLD."disciplined" AND NEW."duty_related" IS NOT DISTINCT FROM OLD."duty_related") OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL AND NEW.cause IS NULL AND NEW.decided_on IS NULL AND NEW.from_day IS NULL AND NEW.to_day IS NULL AND NEW.term_ends IS NULL AND NEW.document IS NULL AND NEW.violation IS NULL AND NEW.charged IS NULL AND NEW.disciplined IS NULL AND NEW.duty_related IS NULL)))) EXECUTE FUNCTION list_entries_closing_only()
""",
        """
CREATE TRIGGER list_entries_no_delete BEFORE DELETE OR TRUNCATE ON list_entries
FOR EACH STATEMENT EXECUTE FUNCTION list_entries_closing_only()
""",
    ),
}
