# SPDX-License-Identifier: Apache-2.0
"""Serves MiniStack's application on two loopback sockets and stops when told or when the parent is gone."""

import asyncio
import contextvars
import os
import signal
import sys
import threading

import ministack.app as ministack
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.asyncio import tcp_server
from hypercorn.config import Config
from ministack.core import hypercorn_compat

# MiniStack's own doors around authentication; AWS has nothing of the kind.
_CLOSED = ("/_ministack/reset", "/_ministack/config", "/_ministack/state", "/_aws/", "/_localstack/")
# A client may not claim its transport, address or host.
_CLAIMS = (b"x-forwarded-", b"x-real-ip", b"forwarded")
SHUTDOWN_SECONDS = 2

tls_version: contextvars.ContextVar[str | None] = contextvars.ContextVar("part11_tls_version", default=None)


async def _application(scope, receive, send):
    if scope["type"] in ("http", "websocket"):
        if scope["path"].startswith(_CLOSED):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        scope = dict(scope, headers=[(k, v) for k, v in scope["headers"] if not k.lower().startswith(_CLAIMS)])
    await ministack.app(scope, receive, send)


class _TlsAwareServer(tcp_server.TCPServer):
    async def run(self):
        tls = self.writer.get_extra_info("ssl_object")
        # "TLSv1.3" -> "1.3", the form of the condition key s3:TlsVersion
        tls_version.set((tls.version() or "").removeprefix("TLSv") or None if tls is not None else None)
        await super().run()


def _config(secure_fd: int, plain_fd: int, leaf_file: str, key_file: str) -> Config:
    config = Config()
    config.bind, config.insecure_bind = [f"fd://{secure_fd}"], [f"fd://{plain_fd}"]
    config.certfile, config.keyfile = leaf_file, key_file
    config.keep_alive_timeout = 75
    # The provider makes thousands of calls on one HTTP/2 connection; closing it cuts off those that are under way.
    config.keep_alive_max_requests = 10_000_000
    config.graceful_timeout = 1
    config.shutdown_timeout = 1
    config.loglevel = "WARNING"
    return config


def _end() -> None:
    """Leaves at once, with every child (Lambda workers) when this process leads its group."""
    sys.stderr.flush()
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)


def run(secure_fd: int, plain_fd: int, leaf_file: str, key_file: str, ready) -> None:
    """Serves until SIGTERM, SIGINT or end of standard input; `ready` is called once both sockets accept."""
    hypercorn_compat.install()
    from hypercorn.asyncio import run as hypercorn_run

    hypercorn_run.TCPServer = _TlsAwareServer

    async def main() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()

        def request_stop() -> None:
            loop.call_soon_threadsafe(stop.set)
            threading.Timer(SHUTDOWN_SECONDS, _end).start()

        def watch_parent() -> None:
            while sys.stdin.buffer.read(4096):
                pass
            request_stop()

        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, request_stop)
        threading.Thread(target=watch_parent, daemon=True).start()
        server = asyncio.create_task(
            hypercorn_serve(_application, _config(secure_fd, plain_fd, leaf_file, key_file), shutdown_trigger=stop.wait)
        )
        await ready()
        await server

    try:
        asyncio.run(main())
    finally:
        _end()
