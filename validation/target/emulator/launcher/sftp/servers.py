# SPDX-License-Identifier: Apache-2.0
"""Which server a login is for. On AWS every server has an address of its own; here all share one port, so a login names
its server as `user@s-…`, or is for the only server there is."""

import re
from dataclasses import dataclass

_NAMED = re.compile(r"(.+)@(s-[0-9a-f]{17})")


@dataclass(frozen=True)
class Server:
    """A Transfer Family server and where it lives."""

    account: str
    region: str
    record: dict

    @property
    def id(self) -> str:
        return self.record["ServerId"]

    @property
    def arn(self) -> str:
        return self.record["Arn"]

    @property
    def online(self) -> bool:
        return self.record["State"] == "ONLINE"


def all_servers() -> list[Server]:
    from ministack.services import transfer

    return [Server(account, region, record) for (account, region, _), record in list(transfer._servers._data.items())]


def addressed(login: str) -> tuple[str, Server | None]:
    """The user's name and the server the login is for; None when it is for none, or several could be meant."""
    servers = all_servers()
    named = _NAMED.fullmatch(login)
    if named and any(server.id == named[2] for server in servers):
        return named[1], next(server for server in servers if server.id == named[2])
    online = [server for server in servers if server.online]
    return login, online[0] if len(online) == 1 else None
