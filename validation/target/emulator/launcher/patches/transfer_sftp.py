# SPDX-License-Identifier: Apache-2.0
"""A Transfer Family server speaks SFTP: it asks its identity provider, assumes the user's role under the session
policy, does every operation as S3 calls of that session, and tells it as structured log lines and EventBridge events.

Source: Transfer Family User Guide, "Using AWS Lambda to integrate your identity provider", "Supported SFTP commands",
"JSON structured logs for Transfer Family", "SFTP, FTPS, and FTP server events"; each part in launcher/sftp.

Without it: MiniStack's own listener writes into the bucket's dictionary, with no versioning, lock, role, session
policy, event or identity provider, and whoever has the key of any user gets in; the launcher keeps it off.
"""

import json


def install(app) -> None:
    from ministack.services import transfer

    from ..sftp import listener
    from ..sftp.scope import start_apart

    create = transfer._create_server

    async def create_server(data):
        answer = await create(data)
        if answer[0] == 200:
            await start_apart(listener.start(app.app, f"127.0.0.1:{app._resolve_port()}"))
            transfer._servers[json.loads(answer[2])["ServerId"]]["HostKeyFingerprint"] = listener.fingerprint()
        return answer

    transfer._create_server = create_server
