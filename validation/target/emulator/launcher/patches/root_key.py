# SPDX-License-Identifier: Apache-2.0
"""The account's root user is known by its own access key and by nothing else.

Source: IAM User Guide, "AWS account root user credentials": a request is root's only when root's key signed it.

Without it: the key `test` with any secret and every 12-digit key are root, and root passes every policy.

Restates `iam_evaluator.is_root_access_key` (MiniStack, MIT). An empty key stays MiniStack's own in-process caller: a
request without a signature is refused, or anonymous in S3, before that is asked.
"""

import os


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.services import sts

    root = os.environ["AWS_ACCESS_KEY_ID"]

    def is_root_access_key(access_key_id: str) -> bool:
        return not access_key_id or access_key_id == root

    iam_evaluator.is_root_access_key = sts.is_root_access_key = is_root_access_key
