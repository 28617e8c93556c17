# SPDX-License-Identifier: Apache-2.0
"""Work outside any HTTP request, in the account and region of one server."""

import asyncio
import contextvars


def run_in(account: str, region: str, function, *arguments):
    """Calls a function of MiniStack in a context of its own: no caller's identity leaks into a service's work."""
    from ministack.core.responses import set_request_account_id, set_request_region

    def call():
        set_request_account_id(account)
        set_request_region(region)
        return function(*arguments)

    return contextvars.Context().run(call)


async def run_in_thread(account: str, region: str, function, *arguments):
    """As `run_in`, beside the event loop, for work that waits or calls back over HTTP."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, lambda: run_in(account, region, function, *arguments))


def start_apart(coroutine):
    """Starts a task that inherits nothing of the request it was started in."""
    return contextvars.Context().run(asyncio.ensure_future, coroutine)
