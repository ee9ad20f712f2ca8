"""The bytes an event is hashed over, written so plainly that anyone can write another verifier.

The form is fifteen lines of UTF-8, each ended by one line feed (0x0A), in this order:

     1  kiemdiem event 1        the name of this form
     2  stream
     3  version                 decimal, from 1
     4  name
     5  schema version          decimal
     6  occurred at             2016-12-01T03:04:05.000000Z: UTC, always six digits, always Z
     7  recorded at             the same form
     8  actor
     9  capacity
    10  command id
    11  rulebook hash           empty where no rulebook rules
    12  verdicts                [["rule id","verdict"],...], JSON without spaces
    13  data                    the stored JSON, as stored
    14  findings digest         64 hexadecimal digits in lower case, empty without findings
    15  previous hash           the event hash of version - 1, 64 digits in lower case, empty for version 1

The event hash is the SHA-256 of these bytes. No field may hold a line feed or a zero byte, so the lines can
only be read one way; `append` refuses such a field and `verify` reports it. Position is not part of the
form: it is given by the database and says only in which order followers see the events.

In a shell: `printf '%s\n' 'kiemdiem event 1' "$stream" ... "$previous" | sha256sum`. In PostgreSQL:
`sha256(convert_to(concat_ws(E'\n', 'kiemdiem event 1', stream, ..., ''), 'UTF8'))`.

A findings digest is SHA-256(salt || body): 32 random bytes followed by the UTF-8 of the stored findings.
"""

import hashlib
from typing import Final

FORM: Final = "kiemdiem event 1"
LINES: Final = 15


def event_bytes(
    stream: str,
    version: int,
    name: str,
    schema_version: int,
    occurred_at: str,
    recorded_at: str,
    actor: str,
    capacity: str,
    command_id: str,
    rulebook_hash: str,
    verdicts: str,
    data: str,
    findings_digest: str,
    previous_hash: str,
) -> bytes:
    """The fifteen lines of the module's description; instants are given in their written form.

    Raises ValueError when a field holds a line feed, a zero byte or half a surrogate pair.
    """
    form = (
        f"{FORM}\n{stream}\n{version}\n{name}\n{schema_version}\n{occurred_at}\n{recorded_at}\n{actor}\n"
        f"{capacity}\n{command_id}\n{rulebook_hash}\n{verdicts}\n{data}\n{findings_digest}\n{previous_hash}\n"
    ).encode()
    if form.count(b"\n") != LINES or b"\0" in form:
        raise ValueError(f"a field of {stream} version {version} holds a line feed or a zero byte")
    return form


def event_hash(form: bytes) -> bytes:
    """SHA-256 of the bytes of an event, 32 bytes."""
    return hashlib.sha256(form).digest()


def findings_digest(salt: bytes, body: bytes) -> bytes:
    """SHA-256 of the random bytes followed by the findings, 32 bytes."""
    return hashlib.sha256(salt + body).digest()
