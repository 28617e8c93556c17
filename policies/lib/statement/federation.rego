# SPDX-License-Identifier: Apache-2.0

package lib.statement

# Whom an identity provider lets in. One that many tenants share gives every tenant the audience it asks for, so there
# only a subject that begins with its owner names somebody; of a provider of one's own the audience does too.

# Some condition tells whom of its provider a statement means.
federated_named(said) if {
	some condition in said.conditions
	_names_somebody(condition)
}

# A condition on jobs of a CI provider, known by its issuer (`host` or `host/path`): they are machines.
names_jobs(said, issuer) if {
	some condition in said.conditions
	_names_jobs(condition, issuer)
}

_names_somebody(condition) if {
	_holds_values(condition)
	regex.match(`:(app_id|aud|sub)$`, condition.key)
	not _shared_issuer(split(condition.key, ":")[0])
	every value in condition.values {
		constant(value)
		trim(value, "*?") != ""
	}
}

_names_somebody(condition) if _names_jobs(condition, split(condition.key, ":")[0])

_names_jobs(condition, issuer) if {
	_shared_issuer(issuer)
	condition.key == concat("", [issuer, ":sub"])
	_holds_values(condition)
	every value in condition.values {
		constant(value)
		regex.match(`^[a-z_]+:[^:/*?]+[:/]`, value)
	}
}

# The path of the issuer names the tenant, who alone gets tokens of it.
_names_jobs(condition, issuer) if {
	_tenants_issuer(issuer)
	condition.key in {concat("", [issuer, ":aud"]), concat("", [issuer, ":sub"])}
	_holds_values(condition)
	every value in condition.values {
		constant(value)
		trim(value, "*?") != ""
	}
}

_holds_values(condition) if {
	condition.operator in {"StringEquals", "StringLike"}
	count(condition.values) > 0
}

_shared_issuer(issuer) if issuer in data.part11_data.ci_providers.hosts

# Sources: the providers' own pages on OpenID Connect with AWS.
_tenants_issuer(issuer) if {
	regex.match(`^(api\.bitbucket\.org/2\.0/workspaces/[^/]+/pipelines-config/identity/oidc|oidc\.circleci\.com/org/[^/]+|token\.actions\.githubusercontent\.com/[^/]+|vstoken\.dev\.azure\.com/[^/]+)$`, issuer)
}
