# SPDX-License-Identifier: Apache-2.0
"""The loopback port of all SFTP servers: reserved when the launcher starts, answering once there is a server."""

import base64
import hashlib
import socket

_reserved: socket.socket | None = None
_acceptor = None
_host_key = None


def reserve() -> int:
    """Takes a free loopback port; it refuses connections until `start`. asyncssh is imported only then."""
    global _reserved
    _reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    _reserved.bind(("127.0.0.1", 0))
    return _reserved.getsockname()[1]


async def start(application, host: str) -> None:
    """Answers from now on; a second call does nothing."""
    global _acceptor, _host_key
    if _acceptor is not None or _reserved is None:
        return
    import asyncssh

    from .connection import Connection
    from .filesystem import FileSystem, tell_cut_off_files

    tell_cut_off_files()
    _host_key = asyncssh.generate_private_key("ssh-ed25519")
    _acceptor = await asyncssh.listen(
        sock=_reserved,
        server_factory=lambda: Connection(application, host),
        server_host_keys=[_host_key],
        sftp_factory=FileSystem,
        allow_scp=False,
        agent_forwarding=False,
        x11_forwarding=False,
        login_timeout=60,
    )


def fingerprint() -> str | None:
    """SHA-256 of the host key as DescribeServer gives it, with padding; None before `start`."""
    if _host_key is None:
        return None
    return "SHA256:" + base64.b64encode(hashlib.sha256(_host_key.public_data).digest()).decode()
