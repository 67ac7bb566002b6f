"""Accounts of the test Hub: who a token belongs to and what it may do."""

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

from .errors import invalid_credentials

ORGANIZATION = "readouts"


@dataclass(frozen=True)
class Account:
    """A user as signed in by one token."""

    name: str
    role: Literal["read", "write"]
    organizations: tuple[str, ...] = ()

    def owns(self, namespace: str) -> bool:
        """Whether the namespace is the user's own or one of their organizations'."""
        return namespace == self.name or namespace in self.organizations

    def may_write(self, namespace: str) -> bool:
        """Whether this token may change repositories of the namespace."""
        return self.role == "write" and self.owns(namespace)


#: Tokens by the name the fixtures give them. They open nothing but this server.
TOKENS = {
    "write": "test-hub-token-of-ada-write",
    "read": "test-hub-token-of-ada-read",
    "other": "test-hub-token-of-bob-write",
}

ACCOUNTS = {
    TOKENS["write"]: Account("ada", "write", (ORGANIZATION,)),
    TOKENS["read"]: Account("ada", "read", (ORGANIZATION,)),
    TOKENS["other"]: Account("bob", "write"),
}


def authenticate(authorization: str | None) -> Account | None:
    """Return the account an `Authorization` header names, or None when there is no header.

    `Bearer TOKEN` is what the Hub clients send; `Basic` with the token as password is git's way.

    Raises:
        HubError: 401 when the token is unknown.
    """
    if authorization is None:
        return None
    scheme, _, credentials = authorization.partition(" ")
    token = credentials.strip()
    if scheme.lower() == "basic":
        try:
            token = base64.b64decode(token, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            raise invalid_credentials() from None
    account = ACCOUNTS.get(token)
    if account is None:
        raise invalid_credentials()
    return account


def whoami(account: Account) -> dict:
    """The body of `/api/whoami-v2` for an account."""
    return {
        "type": "user",
        "id": account.name,
        "name": account.name,
        "fullname": account.name.title(),
        "isPro": False,
        "orgs": [
            {"type": "org", "id": name, "name": name, "fullname": name, "roleInOrg": "write"}
            for name in account.organizations
        ],
        "auth": {
            "type": "access_token",
            "accessToken": {
                "displayName": "test",
                "role": account.role,
                "createdAt": "2024-01-01T00:00:00.000Z",
            },
        },
    }
