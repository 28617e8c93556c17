# SPDX-License-Identifier: Apache-2.0
"""SFTP operations of a session, each as the S3 calls that Transfer Family makes for it.

Source: Transfer Family User Guide, "Supported SFTP commands"; API Reference, ProtocolDetails (SetStatOption).
"""

import asyncio
import tempfile
import time

import asyncssh
from asyncssh.sftp import FXF_APPEND, FXF_CREAT, FXF_EXCL, FXF_READ, FXF_TRUNC, FXF_WRITE, SFTPServerHandler

from .activity import timestamp
from .open_files import OpenFile, asking, close_file, cut_off_files
from .paths import entries_below, is_home, locate, virtual
from .scope import start_apart
from .session import Session
from .storage import Denied, Failed, Missing

_FOLDER, _FILE = 2, 1
_SPOOLED_BYTES = 32 * 1024 * 1024


def _attributes(kind: int, size: int = 0) -> asyncssh.SFTPAttrs:
    now = int(time.time())
    mode = 0o040755 if kind == _FOLDER else 0o100644
    return asyncssh.SFTPAttrs(type=kind, size=size, permissions=mode, uid=0, gid=0, atime=now, mtime=now)


class FileSystem(asyncssh.SFTPServer):
    def __init__(self, channel):
        super().__init__(channel)
        self._session: Session = channel.get_connection().get_extra_info("part11_session")
        self._appending: set[int] = set()
        self._open: dict[int, OpenFile] = {}
        self._next = 0
        self._ending: asyncio.Future | None = None
        channel.get_connection().set_extra_info(part11_file_system=self)

    def _at(self, path: bytes) -> tuple[str, str]:
        try:
            place = locate(self._session.identity, virtual(self._session.identity, path))
        except UnicodeDecodeError:
            raise asyncssh.SFTPBadMessage("file names are UTF-8") from None
        if place is None:
            raise asyncssh.SFTPNoSuchFile("No such file or directory")
        return place

    async def realpath(self, path):
        return virtual(self._session.identity, path).encode()

    async def _look(self, bucket: str, key: str) -> asyncssh.SFTPAttrs:
        storage = self._session.storage
        try:
            return _attributes(_FILE, await storage.size(bucket, key))
        except (Denied, Missing):
            pass  # without s3:GetObject, or for a folder, the listing tells
        _, objects = await storage.list(bucket, key, delimiter="", most=2)
        for listed in objects:
            if listed.key == key:
                return _attributes(_FILE, listed.size)
        folder = key.rstrip("/") + "/"
        _, below = await storage.list(bucket, folder, delimiter="", most=1)
        if below:
            return _attributes(_FOLDER)
        raise Missing()

    async def stat(self, path):
        if is_home(self._session.identity, virtual(self._session.identity, path)):
            return _attributes(_FOLDER)
        bucket, key = self._at(path)
        try:
            return await self._look(bucket, key)
        except Missing:
            raise asyncssh.SFTPNoSuchFile("No such file or directory") from None
        except Denied:
            raise asyncssh.SFTPPermissionDenied("Access denied") from None

    async def lstat(self, path):
        return await self.stat(path)

    async def fstat(self, handle):
        return _attributes(_FILE, self._open[handle].size)

    async def _set_attributes(self, path: str) -> None:
        option = (self._session.server.record.get("ProtocolDetails") or {}).get("SetStatOption")
        if option != "ENABLE_NO_OP":
            await self._session.refused("SETSTAT", path, "SETSTAT is not supported for Amazon S3")
            raise asyncssh.SFTPOpUnsupported("SETSTAT is not supported")
        await self._session.log("SETSTAT", path=path)

    async def setstat(self, path, attrs):
        await self._set_attributes("/" + "/".join(self._at(path)))

    lsetstat = setstat

    async def fsetstat(self, handle, attrs):
        await self._set_attributes(self._open[handle].path)

    async def scandir(self, path):
        identity, here = self._session.identity, virtual(self._session.identity, path)
        place, entries = locate(identity, here), entries_below(identity, here)
        if place is None and not entries and not is_home(identity, here):
            raise asyncssh.SFTPNoSuchFile("No such file or directory")
        names = [(".", _attributes(_FOLDER)), ("..", _attributes(_FOLDER))]
        names += [(name, _attributes(_FOLDER)) for name in entries]
        if place is not None:
            bucket, key = place
            prefix = key.rstrip("/") + "/" if key else ""
            async with asking(self._session, "LS", f"/{bucket}/{key}"):
                folders, objects = await self._session.storage.list(bucket, prefix)
            names += [(folder[len(prefix) :].rstrip("/"), _attributes(_FOLDER)) for folder in folders]
            names += [(item.key[len(prefix) :], _attributes(_FILE, item.size)) for item in objects]
        for name, attributes in names:
            if name:
                yield asyncssh.SFTPName(name.encode(), attrs=attributes)

    async def open(self, path, pflags, attrs):
        bucket, key = self._at(path)
        if not key:
            raise asyncssh.SFTPFailure("Is a directory")
        where, storage, upload = f"/{bucket}/{key}", self._session.storage, None
        content = tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES)
        names = ((FXF_CREAT, "CREATE"), (FXF_TRUNC, "TRUNCATE"), (FXF_READ, "READ"), (FXF_WRITE, "WRITE"))
        mode = "|".join(name for flag, name in names if pflags & flag)
        async with asking(self._session, "OPEN", where):
            if pflags & FXF_WRITE:
                if pflags & FXF_EXCL and await self._there(bucket, key):
                    raise asyncssh.SFTPFailure("File exists")
                if not pflags & FXF_TRUNC:
                    content.write(await self._before(bucket, key, bool(pflags & FXF_CREAT)))
                upload = await storage.begin(bucket, key)
            else:
                content.write(await storage.read(bucket, key))
        self._next += 1
        self._open[self._next] = OpenFile(bucket, key, upload, content)
        if pflags & FXF_APPEND:
            self._appending.add(self._next)
        await self._session.log("OPEN", path=where, mode=mode)
        return self._next

    async def _there(self, bucket, key) -> bool:
        try:
            await self._session.storage.size(bucket, key)
            return True
        except Missing:
            return False

    async def _before(self, bucket, key, may_create) -> bytes:
        """What the file already holds when it is opened without truncation."""
        try:
            return await self._session.storage.read(bucket, key)
        except (Missing, Denied):
            if not may_create:
                raise
            return b""

    def read(self, handle, offset, size):
        file = self._open[handle]
        file.content.seek(offset)
        data = file.content.read(size)
        file.moved += len(data)
        return data

    def write(self, handle, offset, data):
        file = self._open[handle]
        file.content.seek(file.size if handle in self._appending else offset)
        file.content.write(data)
        file.moved += len(data)
        return len(data)

    async def close(self, handle):
        file = self._open.pop(handle, None)
        if file is not None:
            # what the client asked for is done and told even when it leaves meanwhile
            await asyncio.shield(start_apart(close_file(self._session, file)))

    async def exit(self):
        """Files still open when the session ends were cut off: what arrived is kept and is told as partial."""
        if self._ending is None:
            left, self._open = self._open, {}
            self._ending = start_apart(cut_off_files(self._session, list(left.values())))
        await asyncio.shield(self._ending)

    async def _change(self, operation: str, kind: str, path: str, work) -> None:
        started = timestamp()
        try:
            async with asking(self._session, operation, path):
                await work
        except asyncssh.SFTPError as error:
            await self._session.event(kind, path, started, ("UNKNOWN_ERROR", str(error)))
            raise
        await self._session.log(operation, path=path)
        await self._session.event(kind, path, started)

    async def remove(self, path):
        bucket, key = self._at(path)
        await self._change("DELETE", "File Delete", f"/{bucket}/{key}", self._session.storage.delete(bucket, key))

    async def mkdir(self, path, attrs):
        bucket, key = self._at(path)
        work = self._session.storage.make_folder(bucket, key)
        await self._change("MKDIR", "Directory Create", f"/{bucket}/{key}", work)

    async def rmdir(self, path):
        bucket, key = self._at(path)
        await self._change("RMDIR", "Directory Delete", f"/{bucket}/{key}", self._remove_folder(bucket, key))

    async def _remove_folder(self, bucket, key):
        folder = key.rstrip("/") + "/"
        _, objects = await self._session.storage.list(bucket, folder, delimiter="", most=2)
        if any(item.key != folder for item in objects):
            raise Failed("Directory is not empty")
        await self._session.storage.delete(bucket, folder)

    async def rename(self, oldpath, newpath):
        (bucket, key), (to_bucket, to_key) = self._at(oldpath), self._at(newpath)
        work = self._move(bucket, key, to_bucket, to_key)
        await self._change("RENAME", "File Rename", f"/{bucket}/{key}", work)

    posix_rename = rename

    async def _move(self, bucket, key, to_bucket, to_key):
        await self._session.storage.copy(bucket, key, to_bucket, to_key)
        await self._session.storage.delete(bucket, key)

    def symlink(self, oldpath, newpath):
        raise asyncssh.SFTPOpUnsupported("symbolic links are not supported")

    def link(self, oldpath, newpath):
        raise asyncssh.SFTPOpUnsupported("links are not supported")

    def readlink(self, path):
        raise asyncssh.SFTPOpUnsupported("symbolic links are not supported")

    def statvfs(self, path):
        raise asyncssh.SFTPOpUnsupported("statvfs is not supported")

    fstatvfs = statvfs

    def fsync(self, file_obj):
        return None


def tell_cut_off_files() -> None:
    """At the end of a session the library closes every file as if the client had; these are cut off instead."""
    cleanup = SFTPServerHandler._cleanup

    async def exit_first(handler, error):
        if isinstance(handler._server, FileSystem):
            await handler._server.exit()
        await cleanup(handler, error)

    SFTPServerHandler._cleanup = exit_first
