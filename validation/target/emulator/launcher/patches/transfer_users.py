# SPDX-License-Identifier: Apache-2.0
"""A service-managed user keeps policy, POSIX profile and updates, and the import date of a key is a number.

Source: Transfer Family API Reference, CreateUser, UpdateUser, DescribedUser, SshPublicKey (DateImported: timestamp,
which the JSON protocol writes as epoch seconds).

Without it: terraform cannot read aws_transfer_user or aws_transfer_ssh_key, and the session policy is lost.
"""

import json
from datetime import datetime

_KEPT = ("HomeDirectory", "HomeDirectoryMappings", "HomeDirectoryType", "Policy", "PosixProfile", "Role")


def _epoch(value) -> int:
    return value if isinstance(value, int) else int(datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())


def install(app) -> None:
    from ministack.core.responses import json_response
    from ministack.services import transfer

    create, describe, handle = transfer._create_user, transfer._describe_user, transfer.handle_request

    def record(data):
        return transfer._users.get(transfer._user_key(data.get("ServerId", ""), data.get("UserName", "")))

    def keep(data):
        record(data).update({name: data[name] for name in _KEPT if name in data})

    def create_user(data):
        answer = create(data)
        if answer[0] == 200:
            keep(data)
        return answer

    def update_user(data):
        if record(data) is None:
            return transfer._error("ResourceNotFoundException", f"Unknown user: {data.get('UserName')}", 400)
        keep(data)
        return json_response({"ServerId": data["ServerId"], "UserName": data["UserName"]})

    def describe_user(data):
        answer = describe(data)
        if answer[0] != 200:
            return answer
        user, out = record(data), json.loads(answer[2])
        out["User"].update({name: user[name] for name in _KEPT if user.get(name)})
        out["User"]["SshPublicKeys"] = [
            {**key, "DateImported": _epoch(key["DateImported"])} for key in user.get("SshPublicKeys", [])
        ]
        return json_response(out)

    async def handle_request(method, path, headers, body, query_params):
        if headers.get("x-amz-target", "").endswith(".UpdateUser"):
            return update_user(json.loads(body))
        return await handle(method, path, headers, body, query_params)

    transfer._create_user, transfer._describe_user = create_user, describe_user
    transfer.handle_request = handle_request
