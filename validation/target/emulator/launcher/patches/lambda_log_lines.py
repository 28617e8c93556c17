# SPDX-License-Identifier: Apache-2.0
"""What a function has written when it answers is in its log, every line, whatever else the machine is doing.

Source: Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs": the runtime sends what a function writes
to stdout and stderr.

Without it: MiniStack looks for lines until none came for 5 ms, and for a quarter of a second at most; on a busy machine the
rest is told with the next call of that worker, or never. And Node.js keeps in its own memory what a full pipe does not take,
so that an answer overtakes the lines before it; here it writes a line before it goes on, as Python does.
"""

import os
import select
import threading

_CHUNK = 65_536
_WRITES_BEFORE_IT_GOES_ON = "process.stderr._handle.setBlocking(true);\n"


class _Lines:
    """Lines of a pipe, put into a queue by whoever reads: the thread that waits for them, or the call that needs them all."""

    def __init__(self, pipe, lines):
        self._pipe, self._lines = pipe, lines
        self._lock = threading.Lock()
        self._rest = b""
        self._open = True

    def follow(self) -> None:
        while self._open:
            self._ready(None)
            self.take()

    def take(self) -> None:
        """All that is in the pipe now."""
        with self._lock:
            while self._open and self._ready(0):
                chunk = os.read(self._pipe.fileno(), _CHUNK)
                self._open = chunk != b""
                *whole, self._rest = (self._rest + chunk).split(b"\n")
                if not self._open and self._rest:
                    whole.append(self._rest)
                for line in whole:
                    self._lines.put(line.decode("utf-8", errors="replace"))

    def _ready(self, milliseconds) -> bool:
        poll = select.poll()
        poll.register(self._pipe.fileno(), select.POLLIN | select.POLLHUP)
        return bool(poll.poll(milliseconds))


def install(app) -> None:
    from ministack.core import lambda_runtime
    from ministack.core.lambda_runtime import ProvidedWorker, Worker

    lambda_runtime._NODEJS_WORKER_SCRIPT = _WRITES_BEFORE_IT_GOES_ON + lambda_runtime._NODEJS_WORKER_SCRIPT
    drain, bounded, guard = Worker._drain_stderr, Worker._drain_stderr_bounded, threading.Lock()

    def lines_of(worker):
        with guard:
            known, process = worker.__dict__, worker._proc
            if process is not None and known.get("_part11_process") is not process:
                worker._part11_process = process
                worker._part11_lines = _Lines(process.stderr, worker._stderr_queue)
            return known.get("_part11_lines")

    def read_stderr(self):
        lines = lines_of(self)
        if lines is not None:
            lines.follow()

    def drain_all(self, **_):
        lines = lines_of(self)
        if lines is not None:
            lines.take()
        return drain(self)

    # It has an output of its own, and a thread that reads it.
    ProvidedWorker._drain_stderr, ProvidedWorker._drain_stderr_bounded = drain, bounded
    Worker._read_stderr, Worker._drain_stderr, Worker._drain_stderr_bounded = read_stderr, drain_all, drain_all
