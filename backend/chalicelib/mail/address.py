"""Mail addresses as the headers of a letter carry them."""

import re
from email.headerregistry import Address

from chalicelib.domain.errors import MailRefusedError

# Quoted parts before the @ are legal and nobody has one; refusing them leaves no way to write two addresses as one.
_NAME = re.compile(r"""[^\s"(),:;<>@\[\\\]]+""")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.IGNORECASE)


def written(address: str) -> Address:
    """One address, its domain as DNS knows it (straße.lu as xn--strae-oqa.lu).

    Raises MailRefusedError, without the address, for what cannot be one.
    """
    name, _, domain = address.rpartition("@")
    host = _as_dns_knows(domain)
    if not (_NAME.fullmatch(name) and name.isprintable() and _HOST.fullmatch(host)):
        raise MailRefusedError("malformed address")
    return Address(username=name, domain=host)


def needs_smtputf8(address: Address) -> bool:
    """Whether only RFC 6531 can carry it: the part before the @ has no other form than its own."""
    return not address.username.isascii()


def _as_dns_knows(domain: str) -> str:
    if domain.isascii():
        return domain
    # The standard library's codec would write straße.lu as strasse.lu, which is somebody else's.
    import idna  # noqa: PLC0415 - its tables are slow to load and few addresses need them

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
