# SPDX-License-Identifier: Apache-2.0
"""`python -m launcher --run-dir DIR --account-id ID --region REGION`

Prints one JSON line on standard output once the emulator answers, or one JSON line `{"error": ...}` and exits with 3.
Ends on SIGTERM, SIGINT or when standard input is closed.
"""

import argparse
import asyncio
import json
import os
import re
import socket
import ssl
import sys
import tempfile

READY_SECONDS = 30


def _fail(code: str, message: str) -> None:
    print(json.dumps({"error": code, "message": message}), flush=True)
    sys.stderr.flush()
    os._exit(3)  # also from inside the event loop, where SystemExit would wait for the server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="launcher", description=__doc__)
    parser.add_argument(
        "--run-dir",
        required=True,
        help="folder of this run; certificates and temporary files go into a new folder below it",
    )
    parser.add_argument("--account-id", required=True)
    parser.add_argument("--region", required=True)
    parser.add_argument("--port", type=int, default=0, help="HTTPS port, 0 = a free one")
    parser.add_argument("--plain-port", type=int, default=0, help="plain HTTP port, 0 = a free one")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="PATCH",
        help="leaves a patch out, to show what it is for; the ready line then does not list it",
    )
    arguments = parser.parse_args()
    if not re.fullmatch(r"\d{12}", arguments.account_id):
        parser.error("--account-id takes twelve digits")
    if not os.path.isdir(arguments.run_dir):
        parser.error("--run-dir is no folder")
    return arguments


def _listen(port: int) -> socket.socket:
    """Binds before anything else, so that no other process can take the port in between."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        _fail("PORT_TAKEN", f"127.0.0.1:{port}: {error.strerror}")
    return listener


async def _answers(port: int, ca_file: str) -> None:
    context = ssl.create_default_context(cafile=ca_file)
    for _ in range(READY_SECONDS * 20):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            writer.write(b"GET /_ministack/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            status = await asyncio.wait_for(reader.readline(), 5)
            writer.close()
            if b" 200" in status:
                return
        except (OSError, asyncio.TimeoutError):
            pass
        await asyncio.sleep(0.05)
    _fail("EMULATOR_START", f"no answer on 127.0.0.1:{port} within {READY_SECONDS} s")


def main() -> None:
    arguments = _arguments()
    run_dir = tempfile.mkdtemp(prefix="emulator-", dir=os.path.abspath(arguments.run_dir))
    secure, plain, proxied = _listen(arguments.port), _listen(arguments.plain_port), _listen(0)
    port, plain_port = secure.getsockname()[1], plain.getsockname()[1]
    try:
        from . import certificates, settings

        tls = certificates.write_certificates(os.path.join(run_dir, "tls"), arguments.account_id)
        root = settings.root_credentials()
        settings.apply(arguments.account_id, arguments.region, port, run_dir, root, tls)
        import ministack.app

        from . import patches, proxy, serve
        from .sftp import listener
    except ImportError as error:
        _fail("MODULE_MISSING", str(error))
    try:
        chosen = patches.names(arguments.without)
    except ValueError as error:
        _fail("EMULATOR_START", str(error))
    patches.install(ministack.app, chosen)
    sftp_port = listener.reserve()

    async def ready() -> None:
        await proxy.serve(proxied, arguments.account_id, port)
        await _answers(port, tls[0])
        print(
            json.dumps(
                {
                    "accountId": arguments.account_id,
                    "caFile": tls[0],
                    "ministackVersion": ministack.app._version(),
                    "patches": patches.describe(chosen),
                    "patchesDigest": patches.digest(chosen),
                    "pid": os.getpid(),
                    "plainPort": plain_port,
                    "port": port,
                    "proxyPort": proxied.getsockname()[1],
                    "region": arguments.region,
                    "rootCredentials": root,
                    "sftpPort": sftp_port,
                }
            ),
            flush=True,
        )

    serve.run(secure.detach(), plain.detach(), tls[1], tls[2], ready)


if __name__ == "__main__":
    main()
