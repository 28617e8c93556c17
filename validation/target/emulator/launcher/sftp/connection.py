# SPDX-License-Identifier: Apache-2.0
"""One SSH connection: which methods the server asks for, who the user is, and what is logged about it.

Source: Transfer Family API Reference, IdentityProviderDetails (SftpAuthenticationMethods); User Guide, "JSON
structured logs for Transfer Family" (CONNECTED, AUTH_FAILURE, CONNECTION_REJECTED, DISCONNECTED).
"""

import logging
import os

import asyncssh

from .activity import write_line
from .identity import Identity, Refused, identify
from .role_session import open_role_session
from .scope import run_in, start_apart
from .servers import Server, addressed, all_servers
from .session import Session
from .storage import Storage

_log = logging.getLogger("part11.sftp")
_BOTH = "PUBLIC_KEY_AND_PASSWORD"
_KEY_METHODS = ("PUBLIC_KEY", "PUBLIC_KEY_OR_PASSWORD", _BOTH)


def _body(public_key: str) -> list[str]:
    """Type and body of an OpenSSH public key, without its comment."""
    return public_key.split()[:2]


class Connection(asyncssh.SSHServer):
    def __init__(self, application, host: str):
        self._application, self._host = application, host
        self._id = os.urandom(8).hex()
        self._user, self._server, self._session = "", None, None
        self._key: asyncssh.SSHKey | None = None
        self._key_identity: Identity | None = None
        self._kex: str | None = None
        self._key_accepted = self._told = False

    def connection_made(self, conn):
        self._connection = conn
        self._source_ip = conn.get_extra_info("peername")[0]
        finish, new_keys = conn.send_userauth_success, conn.send_newkeys

        async def succeed_or_ask_for_the_other() -> None:
            if self._methods == _BOTH and not self._key_accepted:
                self._key_accepted = True
                conn.send_userauth_failure(True)
            else:
                await finish()

        def remember_exchange(key: bytes, digest: bytes) -> None:
            self._kex = conn._kex.algorithm.decode()  # the library forgets it with the new keys
            new_keys(key, digest)

        conn.send_newkeys = remember_exchange
        # the library ends authentication at the first accepted method
        conn.send_userauth_success = succeed_or_ask_for_the_other

    @property
    def _methods(self) -> str:
        if self._server is None or not self._server.online:
            return "PUBLIC_KEY"
        if self._server.record["IdentityProviderType"] == "SERVICE_MANAGED":
            return "PUBLIC_KEY"
        details = self._server.record.get("IdentityProviderDetails") or {}
        return details.get("SftpAuthenticationMethods") or "PUBLIC_KEY_OR_PASSWORD"

    def begin_auth(self, username):
        self._user, self._server = addressed(username)
        banner = (self._server.record.get("PreAuthenticationLoginBanner") if self._server else None) or ""
        if banner:
            self._connection.send_auth_banner(banner)
        return True

    def public_key_auth_supported(self):
        return self._methods in _KEY_METHODS and not self._key_accepted

    def password_auth_supported(self):
        return self._methods in ("PASSWORD", "PUBLIC_KEY_OR_PASSWORD") or self._key_accepted

    def kbdint_auth_supported(self):
        return False

    async def _fail(self, method: str, message: str) -> bool:
        self._told = True
        if self._server is not None:
            facts = {"user": self._user, "source_ip": self._source_ip, "method": method, "message": message}
            await write_line(self._server, "AUTH_FAILURE", session_id=self._id, **facts)
        return False

    async def _ask(self, password: str | None) -> Identity:
        if self._server is None or not self._server.online:
            raise Refused("There is no such server online")
        return await identify(self._server, self._user, self._source_ip, password)

    async def validate_public_key(self, username, key):
        try:
            # a client offers a key and then signs with it: one login, one question
            if self._key_identity is None:
                self._key_identity = await self._ask(None)
            offered = _body(key.export_public_key("openssh").decode())
            if not any(_body(known) == offered for known in self._key_identity.public_keys):
                raise Refused("Invalid user name or key")
            if self._methods != _BOTH:
                self._open_session(self._key_identity)
        except Refused as refusal:
            return await self._fail("publickey", str(refusal))
        self._key = key
        return True

    async def validate_password(self, username, password):
        try:
            self._open_session(await self._ask(password))
        except Refused as refusal:
            return await self._fail("password", str(refusal))
        return True

    def _open_session(self, identity: Identity) -> None:
        server: Server = self._server
        credentials = run_in(server.account, server.region, open_role_session, server, identity, self._id)
        storage = Storage(credentials, server.region, self._application, self._host)
        self._session = Session(self._id, server, identity, self._source_ip, storage)

    async def auth_completed(self):
        session = self._session
        self._connection.set_extra_info(part11_session=session)
        extra, key = self._connection.get_extra_info, self._key
        await session.log(
            "CONNECTED",
            user=session.identity.user,
            role=session.identity.role,
            source_ip=self._source_ip,
            client=extra("client_version"),
            ciphers=f"{extra('recv_cipher')},{extra('send_cipher')}",
            kex=self._kex,
            home_dir="/" if session.identity.home_type == "LOGICAL" else session.identity.home,
            ssh_public_key=_body(key.export_public_key("openssh").decode())[1] if key else None,
            ssh_public_key_fingerprint=key.get_fingerprint() if key else None,
            ssh_public_key_type=key.get_algorithm() if key else None,
        )

    def connection_lost(self, exc):
        start_apart(self._leave(exc))

    async def _leave(self, error) -> None:
        try:
            if self._connection.get_extra_info("part11_session") is not None:
                files = self._connection.get_extra_info("part11_file_system")
                if files is not None:
                    await files.exit()
                await self._session.log("DISCONNECTED")
            elif self._user and not self._told:
                await self._fail("none", "The client left without a valid authentication")
            elif not self._user and error is not None:
                await self._reject(str(error))
        except Exception:
            _log.exception("end of a connection")

    async def _reject(self, message: str) -> None:
        """The handshake failed before a user was named: told to the server that it was for, when there is only one."""
        servers = [server for server in all_servers() if server.online]
        if len(servers) == 1:
            await write_line(servers[0], "CONNECTION_REJECTED", source_ip=self._source_ip, message=message)
