# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Providers go to AWS, as the deploy role
# description: |-
#   A provider block decides which program a plan is applied with, and in which account, at which endpoint and as whom.
#   What is called aws, comes from a source that ends so, or has resources of AWS is hashicorp/aws itself, whatever its local
#   name. Endpoints are AWS's own, or on this machine for every service that an emulator stands for; no profile, configuration file, proxy or other
#   argument leads elsewhere; nothing skips the account check, unless the whole plan is marked offline or emulator by that; a
#   role that a provider assumes is a listed deploy role.
# custom:
#   id: META-12
#   severity: high
#   clauses: ["11.10(a)", "11.10(d)"]
#   annex11: ["4.5", "12.1"]
#   alcoa: [attributable]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "{address}: {attribute} is {actual}, {expected} is required."
#   fix: Remove endpoints and skip_ arguments from the provider block, and list the role it assumes in deployRoleArns of part11.yaml.
#   verified_by: ["none: the plan itself is judged, every run"]
package part11.meta_12

import data.lib.answer

answers contains answer.unknown($"provider.{key}", "source", _sources, "not known") if {
	some key, provider in _aws
	not contains(provider.source, "/")
}

answers contains _of(key, "source", strange, _sources) if {
	some key, provider in _aws
	contains(provider.source, "/")
	strange := {provider.source} - {source | some source in data.part11_data.aws_provider_sources}
}

answers contains _of(key, "endpoints", foreign, "AWS's own, or this machine's for all services") if {
	some key, provider in _aws
	foreign := {endpoint | some endpoint in provider.endpoints; input.meta.target != "emulator"}
}

answers contains _of(key, "skips", skips, "none in a plan for AWS") if {
	some key, provider in _aws
	skips := {skip | some skip in provider.skips; not input.meta.target in {"offline", "emulator"}}
}

answers contains _of(key, "assume_role.role_arn", others, "a deploy role of the settings") if {
	some key, provider in _aws
	others := {arn | some arn in provider.assumedRoleArns; not arn in input.settings.deployRoleArns}
}

answers contains _of(key, "arguments", others, "region, account, tags, retries, the role it assumes") if {
	some key, provider in _aws
	others := {path | some path in provider.others; not _made_up(path)}
}

# Keys come from the environment; those of a plan for no account open nothing.
_made_up(path) if {
	input.meta.target in {"offline", "emulator"}
	path in {"access_key", "secret_key", "token"}
}

answers contains answer.unknown($"provider.{key}", path, "a constant", "not known") if {
	some key, provider in _aws
	some path in provider.unclear
}

not_applicable := "no AWS provider in the plan" if count(_aws) == 0

_aws[key] := provider if {
	some key, provider in input.providers
	_for_aws(key, provider)
}

_for_aws(_, provider) if provider.name == "aws"

_for_aws(_, provider) if endswith(provider.source, "/aws")

_for_aws(key, _) if _has_resources[key]

# Config keys of the providers that resources of AWS are made with.
_has_resources contains input.resources[address].provider if {
	some type, addresses in input.byType
	startswith(type, "aws_")
	some address in addresses
}

_sources := concat(" or ", data.part11_data.aws_provider_sources)

_of(key, attribute, wrong, expected) := answer.failed($"provider.{key}", attribute, expected, concat(", ", sort(wrong))) if {
	count(wrong) > 0
} else := answer.passed($"provider.{key}", attribute, expected, "nothing else")
