# SPDX-License-Identifier: Apache-2.0
"""aws:PrincipalArn of an assumed role is the ARN of the role, not of the session.

Source: IAM User Guide, "AWS global condition context keys", aws:PrincipalArn: for an assumed role the request context
holds the role's ARN.

Without it: a Deny that exempts a deploy role by ArnNotLike also hits that role.
"""

import re


def install(app) -> None:
    from ministack.core import iam_evaluator
    from ministack.services import iam

    resolve = iam_evaluator._resolve_condition_key

    def resolve_condition_key(key, ctx):
        if key.lower() == "aws:principalarn":
            session = re.fullmatch(r"arn:(aws[a-z-]*):sts::(\d{12}):assumed-role/([^/]+)/.+", ctx.principal_arn)
            if session:
                role = iam._roles.get_scoped(session[2], None, session[3])
                return role["Arn"] if role else f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"
        return resolve(key, ctx)

    iam_evaluator._resolve_condition_key = resolve_condition_key
