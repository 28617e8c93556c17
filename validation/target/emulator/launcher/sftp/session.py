# SPDX-License-Identifier: Apache-2.0
"""One authenticated session: the user, the server, S3 under the user's role, and what is told about it."""

from dataclasses import dataclass

from .activity import emit, timestamp, write_line
from .identity import Identity
from .servers import Server
from .storage import Storage


@dataclass(frozen=True)
class Session:
    id: str
    server: Server
    identity: Identity
    source_ip: str
    storage: Storage

    async def log(self, activity: str, **fields) -> None:
        await write_line(self.server, activity, session_id=self.id, **fields)

    async def refused(self, operation: str, path: str, message: str) -> None:
        await self.log("ERROR", user=self.identity.user, operation=operation, path=path, message=message)

    async def event(self, kind: str, path: str, started: str, failure: tuple[str, str] | None = None, **fields) -> None:
        """`kind` as in the event's name, for example `File Upload`; `failure` is code and message."""
        detail = {
            "status-code": "FAILED" if failure else "COMPLETED",
            "protocol": "SFTP",
            "client-ip": self.source_ip,
            "start-timestamp": started,
            "end-timestamp": timestamp(),
            "file-path": path,
            "server-id": self.server.id,
            "username": self.identity.user,
            "session-id": self.id,
            **fields,
        }
        if failure:
            detail.update({"failure-code": failure[0], "failure-message": failure[1]})
        await emit(self.server, f"{kind} {'Failed' if failure else 'Completed'}", detail)
