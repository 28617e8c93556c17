# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Trail files can be validated
# description: |-
#   Log file validation chains signed digests, so that an edited or missing log file shows.
# custom:
#   id: P11-10e-02
#   severity: critical
#   clauses: ["11.10(a)", "11.10(e)"]
#   annex11: ["9"]
#   alcoa: [original, accurate]
#   requirements: [URS-016]
#   resources: [aws_cloudtrail]
#   attributes:
#     - {type: aws_cloudtrail, path: enable_log_file_validation}
#   environments: [production, qualification, development]
#   failure_msg: The trail does not write digests for validation.
#   fix: Set enable_log_file_validation to true.
#   waivable: false
#   verified_by: [IQ, OQ-trail-validation]
package part11.p11_10e_02

import data.lib.answer
import data.lib.attribute
import data.lib.trail

answers contains answer.exact(address, _attribute, attribute.read(input.resources[address], [_attribute]), true) if {
	some address in trail.existing
}

answers contains answer.failed("plan", _attribute, "true", "no aws_cloudtrail in the plan") if count(trail.existing) == 0

_attribute := "enable_log_file_validation"
