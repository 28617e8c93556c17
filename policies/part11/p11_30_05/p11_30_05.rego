# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers negotiate modern cryptography only
# description: |-
#   The security policy of a server is one of the table `transfer_security_policies`: no SHA-1, no CBC ciphers, no
#   1024-bit groups. The provider's default is the policy of 2018, so it has to be stated. A list of names and not an age:
#   the same plan gets the same verdict next year.
# custom:
#   id: P11-30-05
#   severity: critical
#   clauses: ["11.30"]
#   annex11: ["12"]
#   alcoa: [original]
#   requirements: [URS-011]
#   resources: [aws_transfer_server]
#   attributes:
#     - {type: aws_transfer_server, path: security_policy_name}
#   environments: [production, qualification, development]
#   failure_msg: The transfer server accepts outdated cryptography.
#   fix: Set security_policy_name to TransferSecurityPolicy-2025-03 or another one of the table.
#   verified_by: [IQ]
package part11.p11_30_05

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.of(address, "security_policy_name", reading, matches, "a policy of the table") if {
	some address in _servers
	reading := attribute.read(input.resources[address], ["security_policy_name"])
	matches := {value | value := reading.value; value in data.part11_data.transfer_security_policies.names}
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")
