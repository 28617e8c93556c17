# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No IAM users and no long-lived keys
# description: |-
#   People and systems assume roles. An IAM user, its access key or its console password outlives the person's
#   authority and is shared without trace.
# custom:
#   id: P11-10d-16
#   severity: high
#   clauses: ["11.10(d)", "11.300(a)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources: [aws_iam_user, aws_iam_access_key, aws_iam_user_login_profile]
#   attributes:
#     - {type: aws_iam_user, path: name}
#     - {type: aws_iam_access_key, path: user}
#     - {type: aws_iam_user_login_profile, path: user}
#   environments: [production, qualification, development]
#   failure_msg: The plan holds an IAM user or a long-lived credential.
#   fix: Use roles assumed through federation or by services.
#   verified_by: [IQ]
package part11.p11_10d_16

import data.lib.answer
import data.lib.resource

answers contains answer.failed(address, attribute, _expected, type) if some address, [type, attribute] in _found

answers contains answer.passed("plan", "aws_iam_user", _expected, "none") if count(_found) == 0

_found[address] := [type, attribute] if {
	some type, attribute in {"aws_iam_user": "name", "aws_iam_access_key": "user", "aws_iam_user_login_profile": "user"}
	some address in resource.existing(type)
}

_expected := "no IAM user, access key or login profile"
