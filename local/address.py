"""The address: loopback only, so that nobody else on the network reaches letters and clock."""

import errno
import ipaddress
import socket

from local.errors import CannotStartError

_ALSO_US = {"localhost", "127.0.0.1", "[::1]"}


def listen(host: str, port: int) -> socket.socket:
    """A socket on a loopback address that already takes connections; raises CannotStartError."""
    if not _is_loopback(host):
        raise CannotStartError(f"HOST {host} is not a loopback address: use 127.0.0.1, ::1 or localhost.")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as reason:
        listener.close()
        raise CannotStartError(_sentence(host, port, reason)) from reason
    return listener


def is_ours(host_header: str, host: str) -> bool:
    """Whether a Host header names this service; the port may differ, as behind a forwarded one.

    A page elsewhere may let its own name resolve to 127.0.0.1 and would then read everything (DNS rebinding).
    """
    name = host_header.rpartition(":")[0] if _has_port(host_header) else host_header
    return name.lower() in _ALSO_US | {host, f"[{host}]"}


def _has_port(host_header: str) -> bool:
    return host_header.rpartition(":")[2].isdigit() and not host_header.endswith("]")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _sentence(host: str, port: int, reason: Exception) -> str:
    if isinstance(reason, OSError) and reason.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program: stop that one or choose another, as in make run PORT=8001."
    if isinstance(reason, OverflowError):
        return f"PORT {port} is not a port: use a number from 1 to 65535."
    return f"Port {port} of {host} cannot be used: {reason}."
