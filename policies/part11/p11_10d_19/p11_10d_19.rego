# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Data leaves a VPC through restricted endpoints only
# description: |-
#   A VPC in which functions or workflows run has an endpoint for each of S3, KMS and DynamoDB that the plan uses. The
#   policy of an endpoint names resources, or conditions on whose they are, so that nothing is carried to the bucket of a
#   stranger; without one an endpoint allows everything. Where there is an endpoint for S3, or a function with Part11Role
#   "ingest", buckets that receive or keep records deny reading of objects and versions from elsewhere, or to everybody but
#   exact principals; so do buckets and copies with the tag Blinding "unblinded" anywhere. Services may be excepted by
#   aws:PrincipalArn, aws:PrincipalIsAWSService or aws:ViaAWSService.
# custom:
#   id: P11-10d-19
#   severity: medium
#   clauses: ["11.10(d)", "11.10(h)"]
#   annex11: ["12.1"]
#   alcoa: [original, attributable]
#   requirements: [URS-003, URS-011]
#   resources: [aws_vpc_endpoint, aws_vpc_endpoint_policy, aws_lambda_function, aws_mwaa_environment, aws_s3_bucket]
#   attributes:
#     - {type: aws_vpc_endpoint, path: vpc_id}
#     - {type: aws_vpc_endpoint, path: service_name}
#     - {type: aws_vpc_endpoint, path: policy}
#     - {type: aws_vpc_endpoint_policy, path: vpc_endpoint_id}
#     - {type: aws_vpc_endpoint_policy, path: policy}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_lambda_function, path: vpc_config.subnet_ids}
#     - {type: aws_mwaa_environment, path: network_configuration.subnet_ids}
#     - {type: aws_subnet, path: vpc_id}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#   environments: [production, qualification, development]
#   bucket_roles: [record, inbox]
#   failure_msg: Data can leave the VPC, or be read, by an unrestricted way.
#   fix: Add aws_vpc_endpoint for the service with a policy that names resources or aws:ResourceAccount, and deny others in the bucket policy by aws:SourceVpce.
#   verified_by: [IQ, OQ-write-get, OQ-push-get, OQ-unblinded-every-right]
package part11.p11_10d_19

import data.lib.answer
import data.lib.attribute
import data.lib.blinding
import data.lib.function
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _reached(vpc, service) if {
	some vpc in _vpcs
	some service in _used
}

answers contains _restricted(policy) if {
	some endpoint in _endpoints
	some policy in statement.policies_on(endpoint, "endpoint")
}

answers contains answer.failed(endpoint, "policy", _restrictive, "not set: everything is allowed") if {
	some endpoint in _endpoints
	count(statement.policies_on(endpoint, "endpoint")) == 0
}

answers contains _guarded(address) if {
	_may_be_read
	some address in scope.buckets(rego.metadata.chain())
}

# Copies of what is unblinded as well, whoever receives it.
answers contains _guarded(address) if {
	scope.applies(rego.metadata.chain())
	some address in blinding.unblinded
}

_may_be_read if count(_of_s3) > 0

# Without an endpoint, too, where the plan receives data itself.
_may_be_read if count(function.ingesting) > 0

not_applicable := scope.reason(rego.metadata.chain(), "VPC endpoint of S3, KMS or DynamoDB, or VPC in which data is processed") if {
	count(answers) == 0
}

# ---- endpoints that there should be ---------------------------------------------------------------------------------

_vpcs contains vpc if {
	some type, name in {"aws_lambda_function": "vpc_config.subnet_ids", "aws_mwaa_environment": "network_configuration.subnet_ids"}
	some user in scope.existing(rego.metadata.chain(), type)
	some subnet in (resource.referred(input.resources[user], name) | resource.possibly_referred(input.resources[user], name))
	some vpc in resource.referred(input.resources[subnet], "vpc_id")
}

_used := {service |
	some service, type in {"dynamodb": "aws_dynamodb_table", "kms": "aws_kms_key", "s3": "aws_s3_bucket"}
	count(resource.existing(type)) > 0
}

_reached(vpc, service) := answer.passed(vpc, $"endpoint for {service}", _expected_endpoint, concat(", ", sort(found))) if {
	found := {endpoint | some endpoint in _in_vpc[vpc]; _service(endpoint) == service}
	count(found) > 0
} else := answer.unknown(vpc, $"endpoint for {service}", _expected_endpoint, "an endpoint known after apply") if {
	count(_unclear_endpoints) > 0
} else := answer.failed(vpc, $"endpoint for {service}", _expected_endpoint, "none")

_in_vpc[vpc] contains endpoint if {
	some endpoint in resource.existing("aws_vpc_endpoint")
	some vpc in resource.referred(input.resources[endpoint], "vpc_id")
}

_unclear_endpoints := [endpoint | some endpoint in resource.existing("aws_vpc_endpoint"); _unclear(endpoint)]

_unclear(endpoint) if _name(endpoint).status == "unknown"

_unclear(endpoint) if {
	attribute.read(input.resources[endpoint], ["vpc_id"]).status == "unknown"
	count(resource.referred(input.resources[endpoint], "vpc_id")) == 0
}

_name(endpoint) := attribute.read(input.resources[endpoint], ["service_name"])

# "s3" of "com.amazonaws.eu-central-1.s3".
_service(endpoint) := parts[count(parts) - 1] if {
	parts := split(_name(endpoint).value, ".")
}

# ---- what endpoints let through -------------------------------------------------------------------------------------

_endpoints := [endpoint |
	some endpoint in scope.existing(rego.metadata.chain(), "aws_vpc_endpoint")
	_of_data(endpoint)
]

_of_data(endpoint) if _service(endpoint) in {"dynamodb", "kms", "kms-fips", "s3"}

_of_s3 := [endpoint | some endpoint in _endpoints; _service(endpoint) == "s3"]

# One whose service is not known yet may well be of S3.
_of_data(endpoint) if _name(endpoint).status == "unknown"

_restricted(policy) := answer.failed(policy.address, policy.attribute, _restrictive, "any resource of anybody") if {
	some index in policy.statements
	_open(input.statements[index])
} else := answer.unknown(policy.address, policy.attribute, _restrictive, "not readable before apply") if {
	statement.unreadable(policy)
} else := answer.passed(policy.address, policy.attribute, _restrictive, "named resources or owners")

_open(allow) if {
	allow.effect == "Allow"
	not statement.restricted_by(allow, _owner_keys)
	_names_anything(allow)
}

_names_anything(allow) if count(allow.notResources) > 0

_names_anything(allow) if {
	some pattern in allow.resources
	_anything(pattern)
}

# A wildcard stands before any part of the resource's own name.
_anything(pattern) if {
	parts := split(statement.head(pattern), ":")
	object.get({i: part | some i, part in parts}, 5, "") == ""
	not contains(statement.head(pattern), "${")
}

_owner_keys := {
	"aws:principalaccount",
	"aws:principalarn",
	"aws:principalorgid",
	"aws:resourceaccount",
	"aws:resourceorgid",
	"kms:calleraccount",
	"s3:resourceaccount",
}

# ---- buckets --------------------------------------------------------------------------------------------------------

_guarded(address) := answer.passed(address, "policy", _guard, "denied") if {
	count(_unguarded(address)) == 0
} else := answer.unknown(address, "policy", _guard, "not readable before apply") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", _guard, $"no such Deny of {concat(", ", sort(_unguarded(address)))}")

# Who reads a version by its id reads the object as well, by an action of its own.
_unguarded(address) := blinding.reading - {action |
	some action in blinding.reading
	some said in statement.on(address)
	statement.denies_everyone(said, action)
	statement.covers_objects(said, address)
	_elsewhere(said.conditions)
}

_elsewhere(conditions) if {
	some condition in conditions
	condition.key in {"aws:sourcevpc", "aws:sourcevpce"}
	startswith(condition.operator, "StringNot")
	_excepted(conditions)
}

# Refused to everybody but named principals, wherever they are: it leaves less than the same Deny from outside a VPC.
_elsewhere(conditions) if {
	some condition in conditions
	condition.key == "aws:principalarn"
	condition.operator in {"ArnNotEquals", "StringNotEquals"}
	not _has_wildcard(condition.values)
	_excepted(conditions)
}

_excepted(conditions) if {
	every condition in conditions {
		condition.key in _exceptions
	}
}

_has_wildcard(values) if {
	some value in values
	regex.match(`[*?]`, value)
}

_exceptions := {
	"aws:principalarn",
	"aws:principalisawsservice",
	"aws:sourcevpc",
	"aws:sourcevpce",
	"aws:viaawsservice",
}

_expected_endpoint := "an endpoint in the VPC"

_restrictive := "a policy that names resources or whose they are"

_guard := "a Deny of reading objects and versions from outside the endpoint, or by all but exact principals"
