# SPDX-License-Identifier: Apache-2.0
"""Wildcards of a policy stand for any characters, line breaks among them, and a pattern must match the whole value.

Source: IAM User Guide, "IAM JSON policy elements: Resource", "String condition operators" (`*` is any combination of
characters); S3 User Guide, "Creating object key names" (a key may hold control characters).

Without it: a Deny on `prefix/*` does not see the key "prefix/a<line feed>b", and an Allow refuses it.
"""

import functools
import re


def install(app) -> None:
    from ministack.core import iam_evaluator

    compiled_before = iam_evaluator._fnmatch_compile

    @functools.lru_cache(maxsize=4096)
    def compiled(pattern, ignore_case):
        before = compiled_before(pattern, ignore_case)
        whole = before.pattern.removeprefix("^").removesuffix("$")
        return re.compile(rf"\A{whole}\Z", before.flags | re.DOTALL)

    iam_evaluator._fnmatch_compile = compiled
