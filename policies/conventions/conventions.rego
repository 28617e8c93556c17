# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Rules about the controls themselves
# description: |-
#   Input is {"inspect": output of `opa inspect --annotations --format json policies`, "modules": {file: output of
#   `opa parse --format json file`}} for every control. Each violation is one sentence that begins with the file.
package conventions

violations contains $"{namespace}: no control METADATA (scope package, custom.id)" if {
	some namespace in _control_namespaces
	not namespace in {control.namespace | some control in _controls}
}

violations contains $"{control.file}: id {control.custom.id} belongs to {_folder(control.custom.id)}" if {
	some control in _controls
	control.file != _folder(control.custom.id)
}

violations contains $"{control.file}: package {control.namespace} is not data.part11.{_snake(control.custom.id)}" if {
	some control in _controls
	control.namespace != $"data.part11.{_snake(control.custom.id)}"
}

violations contains $"{control.file}: id {control.custom.id} is used twice" if {
	some i, control in _controls
	some j, other in _controls
	i != j
	control.custom.id == other.custom.id
}

violations contains $"{control.file}: title is the title of {other.custom.id} too" if {
	some i, control in _controls
	some j, other in _controls
	i != j
	control.title == other.title
}

violations contains $"{control.file}: no test package" if {
	some control in _controls
	not input.inspect.namespaces[$"{control.namespace}_test"]
}

violations contains $"{control.file}: METADATA without {field}" if {
	some control in _controls
	some field in ["title", "description"]
	object.get(control, field, "") == ""
}

violations contains $"{control.file}: description is still the one that part11 control new writes" if {
	some control in _controls
	endswith(object.get(control, "description", ""), ": write it here.")
}

violations contains $"{control.file}: METADATA without {field}" if {
	some control in _controls
	some field in _required
	count(object.get(control.custom, field, "")) == 0
}

violations contains $"{control.file}: METADATA without {field}" if {
	some control in _controls
	some field in ["attributes", "resources"]
	not is_array(object.get(control.custom, field, null))
}

violations contains $"{control.file}: {field} must not name {value}" if {
	some control in _controls
	some field, allowed in _enumerations
	some value in _listed(control.custom, field)
	not value in allowed
}

violations contains $"{control.file}: {field} is not written as {pattern}: {value}" if {
	some control in _controls
	some field, pattern in _syntax
	some value in _listed(control.custom, field)
	not regex.match(pattern, $"{value}")
}

violations contains $"{control.file}: attribute {entry.type} {entry.path} is not written as aws_type and dotted.path" if {
	some control in _controls
	some entry in control.custom.attributes
	not _is_attribute(entry)
}

violations contains $"{control.file}: attribute {entry.type} {entry.path} is listed twice" if {
	some control in _controls
	some i, entry in control.custom.attributes
	some j, other in control.custom.attributes
	i < j
	entry == other
}

# META-02 reads the list as data, since a rule cannot read the METADATA of another package. What is pending decides nothing.
violations contains $"policies/data.json: critical_controls is not {concat(", ", critical)}" if {
	critical := sort([_snake(control.custom.id) |
		some control in _controls
		control.custom.severity == "critical"
		control.custom.id != "META-02"
		object.get(control.custom, "pending", "") != "receive"
	])
	sort(data.part11_data.critical_controls) != critical
}

# META-11 reads the types as data, for the same reason.
violations contains $"policies/data.json: assessed_types is not {concat(", ", assessed)}" if {
	assessed := sort({type | some control in _controls; some type in _types(control.custom)})
	sort(data.part11_data.assessed_types) != assessed
}

# META-13 asks of each type what controls read of it.
violations contains $"policies/data.json: controlled_attributes of {type} is not {concat(", ", wanted)}" if {
	some type in (object.keys(_controlled) | object.keys(data.part11_data.controlled_attributes))
	wanted := sort(object.get(_controlled, type, set()))
	object.get(data.part11_data.controlled_attributes, type, []) != wanted
}

_controlled[entry.type] contains name if {
	some control in _controls
	some entry in control.custom.attributes
	name := split(entry.path, ".")[0]
	name != "lifecycle"
}

violations contains $"policies/data.json: {type} is harmless and more than that" if {
	some type, _ in data.part11_data.harmless_types
	type in (object.keys(data.part11_data.bypassing_types) | {type | some type in data.part11_data.assessed_types})
}

violations contains $"{control.file}: reads {read.shown}, which METADATA does not list" if {
	some control in _controls
	some read in _reads[control.file]
	not _is_listed(control.custom.attributes, read.pattern)
}

# How the role of a bucket is found: by its tag, and settings name it by name.
violations contains $"{control.file}: speaks of bucket roles without listing aws_s3_bucket {path}" if {
	some control in _controls
	control.custom.bucket_roles
	some path in ["bucket", "tags", "tags_all"]
	not {"type": "aws_s3_bucket", "path": path} in control.custom.attributes
}

violations contains $"{control.file}: waivable is only written to say false" if {
	some control in _controls
	object.get(control.custom, "waivable", false) != false
}

violations contains $"{control.file}: METADATA without waivable: false, which {control.custom.id} must have" if {
	some control in _controls
	control.custom.id in _never_waived
	object.get(control.custom, "waivable", true) != false
}

violations contains $"{file}: {name} is neither answers nor not_applicable and must begin with _" if {
	some file, module in input.modules
	some rule in module.rules
	name := rule.head.ref[0].value
	not startswith(name, "_")
	not name in {"answers", "not_applicable", "answers_about"}
}

_controls := [{
	"file": entry.location.file,
	"namespace": concat(".", [segment.value | some segment in entry.path]),
	"title": object.get(entry.annotations, "title", ""),
	"description": object.get(entry.annotations, "description", ""),
	"custom": entry.annotations.custom,
} |
	some entry in input.inspect.annotations
	entry.annotations.scope == "package"
	entry.annotations.custom.id
]

_types(custom) := {type | some type in custom.resources} | {entry.type | some entry in custom.attributes}

_control_namespaces contains namespace if {
	some namespace, _ in input.inspect.namespaces
	startswith(namespace, "data.part11.")
	not endswith(namespace, "_test")
}

_snake(id) := lower(replace(id, "-", "_"))

_folder(id) := $"policies/part11/{_snake(id)}/{_snake(id)}.rego"

_listed(custom, field) := value if {
	value := custom[field]
	is_array(value)
} else := [custom[field]] if is_string(custom[field])

_is_attribute(entry) if {
	object.keys(entry) == {"type", "path"}
	regex.match(`^aws_[a-z0-9_]+$`, entry.type)
	regex.match(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`, entry.path)
}

_required := [
	"severity", "clauses", "annex11", "alcoa", "requirements",
	"environments", "failure_msg", "fix", "verified_by",
]

# What nobody may accept to be missing: complete plans and honest waivers, lock mode and years, no public access, log files
# that can be validated, a second factor.
_never_waived := {
	"META-01", "META-02", "META-07",
	"P11-10c-01", "P11-10c-02", "P11-10c-03", "P11-10c-04", "P11-10c-08", "P11-10e-06", "P11-10k-01", "P11-50-01",
	"P11-10d-01", "P11-10d-02", "P11-10d-04",
	"P11-10e-02",
	"P11-10g-02", "P11-200-01",
}

_enumerations := {
	"severity": {"low", "medium", "high", "critical"},
	"environments": {"production", "qualification", "development"},
	"bucket_roles": {"record", "audit", "replica", "inbox", "access-log", "results", "evidence", "other"},
	"alcoa": {
		"attributable", "legible", "contemporaneous", "original", "accurate",
		"complete", "consistent", "enduring", "available",
	},
}

_syntax := {
	"id": `^(META-[0-9]{2}|P11-[0-9]+[a-z]?-[0-9]{2})$`,
	"clauses": `^11\.[0-9]+(\([a-z]\))?(\([0-9]\)(\([ivx]+\))?)?$`,
	"annex11": `^[0-9]+(\.[0-9]+)?$`,
	"pending": `^receive$`,
	"requirements": `^URS-[0-9]{3}$`,
	"resources": `^aws_[a-z0-9_]+$`,
	"verified_by": `^(IQ|OQ-[a-z0-9-]+|PQ-[a-z0-9-]+|none: .+)$`,
}
