# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: A password alone never opens an SFTP session
# description: |-
#   Users that the service manages log in with keys only. With an identity provider of one's own the method is stated,
#   and asks for a key, with or without a password: the service's default takes either. A directory logs in with
#   passwords, so it is refused.
# custom:
#   id: P11-10d-08
#   severity: critical
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-002]
#   resources: [aws_transfer_server]
#   attributes:
#     - {type: aws_transfer_server, path: identity_provider_type}
#     - {type: aws_transfer_server, path: sftp_authentication_methods}
#   environments: [production, qualification, development]
#   failure_msg: A password alone is enough to log in to the transfer server.
#   fix: Set sftp_authentication_methods to PUBLIC_KEY or PUBLIC_KEY_AND_PASSWORD, or let the service manage the users.
#   verified_by: [IQ, OQ-sftp-password-only, OQ-sftp-password-without-key]
package part11.p11_10d_08

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.one_of(address, "identity_provider_type", _provider(address), _providers) if {
	some address in _servers
}

answers contains answer.one_of(address, "sftp_authentication_methods", reading, ["PUBLIC_KEY", "PUBLIC_KEY_AND_PASSWORD"]) if {
	some address in _servers
	not attribute.is_value(_provider(address), "SERVICE_MANAGED")
	reading := attribute.read(input.resources[address], ["sftp_authentication_methods"])
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

_provider(address) := attribute.read(input.resources[address], ["identity_provider_type"])

_providers := ["SERVICE_MANAGED", "AWS_LAMBDA", "API_GATEWAY"]
