# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers speak SFTP and nothing else
# description: |-
#   FTP sends names, passwords and records in clear text, and FTPS brings certificates and passwords instead of keys. The
#   list is stated, so that no default of the service decides what the server listens to.
# custom:
#   id: P11-10d-07
#   severity: high
#   clauses: ["11.10(d)", "11.30"]
#   annex11: ["12.1"]
#   alcoa: [attributable, original]
#   requirements: [URS-001, URS-011]
#   resources: [aws_transfer_server]
#   attributes:
#     - {type: aws_transfer_server, path: protocols}
#   environments: [production, qualification, development]
#   failure_msg: The transfer server is not limited to SFTP.
#   fix: Set protocols to ["SFTP"].
#   verified_by: [IQ]
package part11.p11_10d_07

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.of(address, "protocols", reading, matches, "SFTP alone, stated") if {
	some address in _servers
	reading := attribute.read(input.resources[address], ["protocols"])
	matches := {value | value := reading.value; value == ["SFTP"]}
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")
