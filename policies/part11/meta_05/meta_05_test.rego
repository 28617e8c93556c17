# SPDX-License-Identifier: Apache-2.0

package part11.meta_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_05 as control

test_exact_provider_with_hashes_passes if {
	control.answers == _pinned("aws") | _pinned("aws.replica") with input as fixture.plan([])
}

test_a_leading_equals_sign_is_exact_too if {
	plan := object.union(fixture.plan([]), {"providers": {"aws": {"version": "= 5.100.0"}}})
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_provider_answers[name] if {
	some name, case in {
		"a range": {"version": "~> 5.100", "want": answer.failed("provider.aws", "version", "one exact version", "~> 5.100")},
		"two digits": {"version": "5.100", "want": answer.failed("provider.aws", "version", "one exact version", "5.100")},
		"several": {"version": "5.100.0, != 5.99.0", "want": answer.failed("provider.aws", "version", "one exact version", "5.100.0, != 5.99.0")},
		"none": {"version": null, "want": answer.failed("provider.aws", "version", "one exact version", "not set")},
		"a range, in the lock file": {"version": "~> 5.100", "want": answer.failed("provider.aws", "lock", "~> 5.100 with at least one hash", "5.100.0 with 2 hashes")},
	}
	plan := object.union(fixture.plan([]), {"providers": {"aws": {"version": case.version}}})
	case.want in control.answers with input as plan
}

test_lock_answers[name] if {
	some name, case in {
		"another version": {
			"lock": {"version": "5.99.0", "hashes": 2},
			"want": answer.failed("provider.aws", "lock", "5.100.0 with at least one hash", "5.99.0 with 2 hashes"),
		},
		"no hash": {
			"lock": {"version": "5.100.0", "hashes": 0},
			"want": answer.failed("provider.aws", "lock", "5.100.0 with at least one hash", "5.100.0 with 0 hashes"),
		},
		"one hash": {
			"lock": {"version": "5.100.0", "hashes": 1},
			"want": answer.passed("provider.aws", "lock", "5.100.0 with at least one hash", "5.100.0 with 1 hashes"),
		},
	}
	plan := object.union(fixture.plan([]), {"meta": {"lock": {"registry.terraform.io/hashicorp/aws": case.lock}}})
	case.want in control.answers with input as plan
}

test_a_provider_that_the_lock_file_does_not_name_fails if {
	plan := _with_lock({})
	answer.failed("provider.aws", "lock", "5.100.0 with at least one hash", "not set") in control.answers with input as plan
}

test_a_provider_without_version_is_not_locked_to_anything if {
	plan := object.union(fixture.plan([]), {"providers": {"aws": {"version": null}}})
	answer.failed("provider.aws", "lock", "an exact version with at least one hash", "5.100.0 with 2 hashes") in control.answers with input as plan
}

test_no_lock_file_is_unknown if {
	plan := _with_lock(null)
	answer.unknown("provider.aws", "lock", "named in the lock file with hashes", "no lock file given") in control.answers with input as plan
}

test_module_answers[name] if {
	commit := "git::https://example.org/m.git?ref=0123456789abcdef0123456789abcdef01234567"
	some name, case in {
		"registry, exact": {
			"module": {"source": "acme/bucket/aws", "version": "1.2.3"},
			"want": {answer.passed("module.m", "version", "one exact version", "1.2.3")},
		},
		"private registry, range": {
			"module": {"source": "app.terraform.io/acme/bucket/aws", "version": ">= 1.0"},
			"want": {answer.failed("module.m", "version", "one exact version", ">= 1.0")},
		},
		"registry, no version": {
			"module": {"source": "acme/bucket/aws//sub", "version": null},
			"want": {answer.failed("module.m", "version", "one exact version", "not set")},
		},
		"git, commit": {
			"module": {"source": commit, "version": null},
			"want": {answer.passed("module.m", "source", "a commit of 40 hex digits in ?ref=", commit)},
		},
		"git, tag": {
			"module": {"source": "git::https://example.org/m.git?ref=v1.2.3", "version": null},
			"want": {answer.failed("module.m", "source", "a commit of 40 hex digits in ?ref=", "git::https://example.org/m.git?ref=v1.2.3")},
		},
		"github shorthand": {
			"module": {"source": "github.com/acme/m", "version": null},
			"want": {answer.failed("module.m", "source", "a commit of 40 hex digits in ?ref=", "github.com/acme/m")},
		},
		"local": {"module": {"source": "./m", "version": null}, "want": set()},
		"not known": {
			"module": {"source": null, "version": null},
			"want": {answer.unknown("module.m", "source", "a source that can be pinned", "not known")},
		},
		"github, a folder": {
			"module": {"source": "github.com/acme/m/aws", "version": null},
			"want": {answer.failed("module.m", "source", "a commit of 40 hex digits in ?ref=", "github.com/acme/m/aws")},
		},
		"bitbucket, a folder": {
			"module": {"source": "bitbucket.org/acme/m/aws", "version": null},
			"want": {answer.failed("module.m", "source", "a commit of 40 hex digits in ?ref=", "bitbucket.org/acme/m/aws")},
		},
		"local, above": {"module": {"source": "../m", "version": null}, "want": set()},
	}
	plan := object.union(fixture.plan([]), {"modules": {"module.m": case.module}})
	{found | some found in control.answers; found.address == "module.m"} == case.want with input as plan
}

test_nothing_to_pin_is_not_applicable if {
	plan := object.union(object.remove(fixture.plan([]), ["providers"]), {"providers": {}, "modules": {"module.m": {"source": "./m", "version": null}}})
	control.not_applicable == "no provider and no module in the plan" with input as plan
	control.answers == set() with input as plan
}

_with_lock(lock) := object.union(
	object.remove(fixture.plan([]), ["meta"]),
	{"meta": object.union(object.remove(fixture.plan([]).meta, ["lock"]), {"lock": lock})},
)

_pinned(key) := {
	answer.passed($"provider.{key}", "version", "one exact version", "5.100.0"),
	answer.passed($"provider.{key}", "lock", "5.100.0 with at least one hash", "5.100.0 with 2 hashes"),
}

test_what_is_built_into_terraform_is_not_pinned if {
	provider := {"terraform": {"source": "terraform.io/builtin/terraform", "version": null}}
	plan := object.union(fixture.plan([]), {"providers": provider})
	{found.address | some found in control.answers} == {"provider.aws", "provider.aws.replica"} with input as plan
}
