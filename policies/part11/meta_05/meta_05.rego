# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Providers and modules are pinned exactly
# description: |-
#   A version range lets the next init bring code that was never qualified. Each provider names one version, the
#   lock file holds its hashes, a registry module names one version and a module from a repository one commit (a tag
#   can be moved).
# custom:
#   id: META-05
#   severity: high
#   clauses: ["11.10(a)", "11.10(k)"]
#   annex11: ["4.2", "10"]
#   alcoa: [consistent]
#   requirements: [URS-031, URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "{address}: {attribute} is {actual}, {expected} is required."
#   fix: "Write one exact version (5.100.0) or commit, run terraform init, and give the gate the lock file (--lock)."
#   verified_by:
#     - "none: decided by the configuration and its lock file"
package part11.meta_05

import data.lib.answer

answers contains answer.of($"provider.{key}", "version", reading, _exact_versions(reading), "one exact version") if {
	some key, provider in _providers
	reading := _reading(provider.version)
}

answers contains answer.unknown($"provider.{key}", "lock", "named in the lock file with hashes", "no lock file given") if {
	some key, _ in _providers
	input.meta.lock == null
}

answers contains answer.of($"provider.{key}", "lock", reading, matches, expected) if {
	some key, provider in _providers
	input.meta.lock != null
	reading := _locked(provider.source)
	expected := $"{_bare(provider.version)} with at least one hash"
	matches := {1 |
		input.meta.lock[provider.source].version == _bare(provider.version)
		input.meta.lock[provider.source].hashes > 0
	}
}

answers contains answer.of(path, "version", reading, _exact_versions(reading), "one exact version") if {
	some path, module in input.modules
	_kind(module.source) == "registry"
	reading := _reading(module.version)
}

answers contains answer.of(path, "source", reading, pins, "a commit of 40 hex digits in ?ref=") if {
	some path, module in input.modules
	_kind(module.source) == "remote"
	reading := _reading(module.source)
	pins := {1 | regex.match(`[?&]ref=[0-9a-f]{40}(&|$)`, module.source)}
}

answers contains answer.unknown(path, "source", "a source that can be pinned", "not known") if {
	some path, module in input.modules
	_kind(module.source) == "unknown"
}

not_applicable := "no provider and no module in the plan" if {
	count(_providers) == 0
	count([path | some path, module in input.modules; _kind(module.source) != "local"]) == 0
}

# What is built into Terraform comes with its version, and stands in no lock file.
_providers[key] := provider if {
	some key, provider in input.providers
	provider.source != "terraform.io/builtin/terraform"
}

_reading(null) := {"status": "not_set"}

_reading(value) := {"status": "known", "value": value} if value != null

_exact_versions(reading) := {1 | regex.match(`^=?\s*\d+\.\d+\.\d+$`, reading.value)}

# "= 5.100.0" and "5.100.0" are the same version.
_bare(null) := "an exact version"

_bare(version) := trim_space(trim_left(version, "="))

_locked(source) := {"status": "known", "value": $"{entry.version} with {entry.hashes} hashes"} if {
	entry := input.meta.lock[source]
} else := {"status": "not_set"}

# A relative path is part of the configuration itself; host/namespace/name/provider and namespace/name/provider are
# registry modules; everything else is fetched from where the source says.
_kind(source) := "unknown" if {
	source == null
} else := "local" if {
	some start in ["./", "../"]
	startswith(source, start)
} else := "registry" if {
	regex.match(`^([0-9A-Za-z.-]+\.[0-9A-Za-z-]+(:[0-9]+)?/)?[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/[0-9a-z]+(//.*)?$`, source)
	not startswith(source, "github.com/")
	not startswith(source, "bitbucket.org/")
} else := "remote"
