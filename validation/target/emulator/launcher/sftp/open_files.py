# SPDX-License-Identifier: Apache-2.0
"""Files that a session has open: what happens to them when the client closes them, or leaves without.

Source: Transfer Family User Guide, "Managed workflows" (a file that is open when the session ends is a partial upload,
and stays in the bucket), "SFTP, FTPS, and FTP server events" (PARTIAL_UPLOAD, PARTIAL_DOWNLOAD, UNKNOWN_ERROR).
"""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import IO

import asyncssh

from .activity import timestamp
from .session import Session
from .storage import Denied, Failed, Missing

_ENDED = "The session ended before the file was closed"


@dataclass
class OpenFile:
    bucket: str
    key: str
    #: None when the file is open for reading
    upload: str | None
    content: IO[bytes]
    moved: int = 0
    started: str = field(default_factory=timestamp)

    @property
    def path(self) -> str:
        return f"/{self.bucket}/{self.key}"

    @property
    def size(self) -> int:
        self.content.seek(0, 2)
        return self.content.tell()


@asynccontextmanager
async def asking(session: Session, operation: str, path: str):
    """S3's refusal becomes the client's, and a line in the log."""
    try:
        yield
    except Denied:
        await session.refused(operation, path, "Access denied")
        raise asyncssh.SFTPPermissionDenied("Access denied") from None
    except Missing:
        await session.refused(operation, path, "No such file or directory")
        raise asyncssh.SFTPNoSuchFile("No such file or directory") from None
    except Failed as error:
        await session.refused(operation, path, str(error))
        raise asyncssh.SFTPFailure("Failure") from None


async def _store(session: Session, file: OpenFile) -> str:
    try:
        return await session.storage.finish(file.bucket, file.key, file.upload, file.content)
    except (Denied, Missing, Failed):
        try:
            await session.storage.give_up(file.bucket, file.key, file.upload)
        except (Denied, Missing, Failed):
            pass  # the client's answer is the first refusal; the unfinished upload ages out
        raise
    finally:
        file.content.close()


async def close_file(session: Session, file: OpenFile) -> None:
    """The client is done with the file: an upload is stored and told as complete, or told as failed."""
    if file.upload is None:
        await session.log("CLOSE", path=file.path, bytes_out=str(file.moved))
        await session.event("File Download", file.path, file.started, bytes=file.moved)
        return
    try:
        async with asking(session, "CLOSE", file.path):
            etag = await _store(session, file)
    except asyncssh.SFTPError as error:
        await session.event("File Upload", file.path, file.started, ("UNKNOWN_ERROR", str(error)), bytes=file.moved)
        raise
    await session.log("CLOSE", path=file.path, bytes_in=str(file.moved))
    await session.event("File Upload", file.path, file.started, bytes=file.moved, etag=etag)


async def cut_off_files(session: Session, files: list[OpenFile]) -> None:
    """The session ended with these files open: what arrived is kept and is told as partial."""
    for file in files:
        if file.upload is None:
            await session.log("PARTIAL_CLOSE", path=file.path, bytes_out=str(file.moved))
            failure = ("PARTIAL_DOWNLOAD", _ENDED)
            await session.event("File Download", file.path, file.started, failure, bytes=file.moved)
            continue
        try:
            await _store(session, file)
        except (Denied, Missing, Failed) as error:
            await session.refused("CLOSE", file.path, str(error))
        await session.log("PARTIAL_CLOSE", path=file.path, bytes_in=str(file.moved))
        failure = ("PARTIAL_UPLOAD", _ENDED)
        await session.event("File Upload", file.path, file.started, failure, bytes=file.moved)
