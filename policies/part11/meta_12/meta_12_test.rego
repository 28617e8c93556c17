# SPDX-License-Identifier: Apache-2.0

package part11.meta_12_test

import data.lib.fixture
import data.part11.meta_12 as control

test_providers[name] if {
	some name, case in {
		"a plain provider passes": {"provider": {}, "want": set()},
		"loopback endpoints pass": {"provider": {"endpoints": {"s3": "http://127.0.0.1:4566", "sts": "http://[::1]:1/"}}, "target": "emulator", "want": set()},
		"another endpoint fails": {"provider": {"endpoints": {"s3": "https://s3.example.org"}}, "want": {["endpoints", "fail", "https://s3.example.org"]}},
		"keys in a plan for no account pass": {"provider": {"others": ["access_key", "secret_key", "token"]}, "want": set()},
		"keys in a plan for AWS fail": {"provider": {"others": ["access_key"]}, "target": "aws", "want": {["arguments", "fail", "access_key"]}},
		"another endpoint fails where the target is not understood": {
			"provider": {"endpoints": {"s3": "http://localhost.example.org"}},
			"target": null,
			"want": {["endpoints", "fail", "http://localhost.example.org"]},
		},
		"skips pass in an offline plan": {"provider": {"skips": ["skip_credentials_validation"]}, "want": set()},
		"skips fail in a plan for AWS": {
			"provider": {"skips": ["skip_metadata_api_check"]},
			"target": "aws",
			"want": {["skips", "fail", "skip_metadata_api_check"]},
		},
		"skips fail where the target is not understood": {
			"provider": {"skips": ["skip_credentials_validation"]},
			"target": null,
			"want": {["skips", "fail", "skip_credentials_validation"]},
		},
		"a listed deploy role passes": {"provider": {"assumedRoleArns": ["arn:aws:iam::111122223333:role/deploy"]}, "want": set()},
		"another role fails": {
			"provider": {"assumedRoleArns": ["arn:aws:iam::999999999999:role/deploy"]},
			"want": {["assume_role.role_arn", "fail", "arn:aws:iam::999999999999:role/deploy"]},
		},
		"another argument fails": {"provider": {"others": ["profile", "shared_config_files"]}, "want": {["arguments", "fail", "profile, shared_config_files"]}},
		"another provider of that name fails": {
			"provider": {"source": "registry.terraform.io/example/aws"},
			"want": {["source", "fail", "registry.terraform.io/example/aws"]},
		},
		"the same name on another host fails": {
			"provider": {"source": "registry.example.org/hashicorp/aws"},
			"want": {["source", "fail", "registry.example.org/hashicorp/aws"]},
		},
		"a provider without a source is unknown": {"provider": {"source": "aws"}, "want": {["source", "unknown", "not known"]}},
		"OpenTofu's registry passes": {"provider": {"source": "registry.opentofu.org/hashicorp/aws"}, "want": set()},
		"an endpoint that is not known is unknown": {"provider": {"unclear": ["endpoints.s3"]}, "want": {["endpoints.s3", "unknown", "not known"]}},
		"skips pass in a plan for the emulator": {"provider": {"skips": ["skip_credentials_validation"]}, "target": "emulator", "want": set()},
		"keys in a plan for the emulator pass": {"provider": {"others": ["access_key", "secret_key", "token"]}, "target": "emulator", "want": set()},
	}
	{[found.attribute, found.status, found.actual] | some found in control.answers; found.status != "pass"} == case.want with input as _plan(case)
}

test_not_applicable_without_an_aws_provider if {
	random := {"name": "random", "source": "registry.terraform.io/hashicorp/random"}
	plan := json.patch(fixture.plan([]), [{"op": "replace", "path": "/providers", "value": {"random": random}}])
	control.answers == set() with input as plan
	control.not_applicable == "no AWS provider in the plan" with input as plan
}

test_the_local_name_of_a_provider_decides_nothing[name] if {
	some name, case in {
		"the source tells": {"source": "registry.terraform.io/hashicorp/aws", "provider": "aws", "want": {["provider.cloud", "arguments"]}},
		"its resources tell": {"source": "registry.terraform.io/example/cloud", "provider": "cloud", "want": {["provider.cloud", "source"], ["provider.cloud", "arguments"]}},
		"nothing tells": {"source": "registry.terraform.io/example/cloud", "provider": "aws", "want": set()},
	}
	plan := fixture.plan([object.union(fixture.bucket("raw", {}), {"provider": case.provider})])
	cloud := object.union(plan.providers.aws, {"name": "cloud", "source": case.source, "others": ["profile"]})
	asked := object.union(plan, {"providers": {"cloud": cloud}})
	{[found.address, found.attribute] | some found in control.answers; found.status == "fail"} == case.want with input as asked
}

_plan(case) := json.patch(plan, [
	{"op": "replace", "path": "/providers", "value": {"aws": object.union(plan.providers.aws, case.provider)}},
	{"op": "replace", "path": "/meta/target", "value": object.get(case, "target", "offline")},
]) if {
	plan := fixture.plan([])
}
