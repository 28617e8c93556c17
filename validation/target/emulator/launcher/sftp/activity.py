# SPDX-License-Identifier: Apache-2.0
"""What a server tells about a session: structured JSON log lines and EventBridge events.

Source: Transfer Family User Guide, "JSON structured logs for Transfer Family", "Example CloudWatch log entries",
"SFTP, FTPS, and FTP server events".
"""

import json
import logging
import time
from datetime import datetime, timezone

from .scope import run_in_thread
from .servers import Server

_log = logging.getLogger("part11.sftp")


def timestamp() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _put_line(server: Server, fields: dict) -> None:
    from ministack.services import cloudwatch_logs as logs

    line = {"timestamp": int(time.time() * 1000), "message": json.dumps({**fields, "resource-arn": server.arn})}
    for destination in server.record.get("StructuredLogDestinations") or []:
        group = destination.partition(":log-group:")[2].removesuffix(":*")
        known = logs._log_groups.get(group)
        if known is None:
            _log.warning("server %s: no log group %s", server.id, group)
            continue
        stream = f"{server.id}.structured"
        if stream not in known["streams"]:
            logs._create_log_stream({"logGroupName": group, "logStreamName": stream})
        logs._put_log_events({"logGroupName": group, "logStreamName": stream, "logEvents": [line]})


async def write_line(server: Server, activity: str, **fields) -> None:
    """One line in every log group of the server. Underscores stand for hyphens; fields without a value are left out."""
    named = {name.replace("_", "-"): value for name, value in fields.items() if value is not None}
    try:
        await run_in_thread(server.account, server.region, _put_line, server, {"activity-type": activity, **named})
    except Exception:
        _log.exception("log line of %s", server.id)


def _dispatch(server: Server, kind: str, detail: dict) -> None:
    from ministack.core.responses import new_uuid
    from ministack.services import eventbridge

    eventbridge._dispatch_event(
        {
            "EventId": new_uuid(),
            "Source": "aws.transfer",
            "DetailType": f"SFTP Server {kind}",
            "Detail": json.dumps(detail),
            "EventBusName": "default",
            "Time": timestamp(),
            "Resources": [server.arn],
            "Account": server.account,
            "Region": server.region,
        }
    )


async def emit(server: Server, kind: str, detail: dict) -> None:
    try:
        await run_in_thread(server.account, server.region, _dispatch, server, kind, detail)
    except Exception:
        _log.exception("event of %s", server.id)
