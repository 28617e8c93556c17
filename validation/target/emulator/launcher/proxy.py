# SPDX-License-Identifier: Apache-2.0
"""A loopback proxy for Terraform: it connects `<account>.127.0.0.1` to the emulator and refuses every other host.

Go resolves no name below an address, and S3 Control puts the account in front of the host. Requests to 127.0.0.1
itself never come here, because Go uses no proxy for loopback addresses; so whatever else arrives was meant for AWS.
"""

import asyncio
import re


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def serve(listener, account_id: str, port: int) -> asyncio.Server:
    """Serves CONNECT on the bound socket until the loop ends."""
    allowed = re.compile(rf"(?:{account_id}\.)?(?:127\.0\.0\.1|localhost):{port}")

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
            if method != "CONNECT" or not allowed.fullmatch(target):
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
                return
            upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_copy(reader, upstream_writer), _copy(upstream_reader, writer))
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(handle, sock=listener)
