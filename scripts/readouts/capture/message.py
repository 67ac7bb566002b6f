"""An e-mail (.eml) as text or as HTML that is still to be read."""

from __future__ import annotations

import email
import email.policy
import email.utils
from email.message import EmailMessage

from .documents import AS_TEXT, Document
from .error import CaptureError
from .left_out import LeftOut


def document_from_message(data: bytes, name: str) -> Document:
    """Return the text of a message, or its HTML; headers, attachments and other forms of the same text are left out. Raises CaptureError."""
    try:
        return _document(data)
    except (
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:  # of the library, on malformed headers
        message = f"{name} cannot be read as an e-mail: its headers are malformed"
        raise CaptureError(message, AS_TEXT) from error


def _document(data: bytes) -> Document:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    left = [
        LeftOut(f"{key}: {message[key]}", "the message's header")
        for key in ("From", "To", "Cc", "Date", "Subject")
        if message[key]
    ]
    body = _body(message)
    same = [
        p
        for part in message.walk()
        if part.get_content_type() == "multipart/alternative"
        for p in part.walk()
    ]
    for part in message.walk():
        if part is body or part.is_multipart():
            continue
        is_text = part.get_content_maintype() == "text"
        why = (
            "the same in another form"
            if body in same and part in same and is_text
            else "attachment"
        )
        words = _content(part) if is_text else part.get_filename() or part.get_content_type()
        left.append(LeftOut(words, f"{why} ({part.get_content_type()})"))
    subject = str(message["Subject"] or "").strip() or None
    try:
        moment = (
            email.utils.parsedate_to_datetime(str(message["Date"])) if message["Date"] else None
        )
    except ValueError:
        moment = None
    dated = {
        "title": subject,
        "on": moment.date() if moment else None,
        "on_evidence": "the message's Date header",
    }
    if body is None:
        return Document("", tuple(left), **dated)
    content = _content(body)
    if body.get_content_subtype() == "html":
        return Document("", tuple(left), html=content, **dated)
    notes = (
        ("the message has characters that cannot be read; they were replaced with U+FFFD",)
        if "\ufffd" in content
        else ()
    )
    return Document(content.replace("\r\n", "\n"), tuple(left), notes=notes, **dated)


def _body(message: EmailMessage) -> EmailMessage | None:
    """Return the first text in a message, the plain one if it comes in several forms."""
    for part in message.walk():
        found = (
            part.get_body(("plain", "html"))
            if part.get_content_type() == "multipart/alternative"
            else None
        )
        if found is None and part.get_content_maintype() == "text" and not part.is_attachment():
            found = part
        if found is not None:
            return found
    return None


def _content(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except (LookupError, UnicodeError):  # an unknown encoding
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
