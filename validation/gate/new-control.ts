// SPDX-License-Identifier: Apache-2.0
import type { Severity } from "./decisions";

/** What a new control is made of: one attribute of one resource type that must have one value. */
export interface NewControl {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Section of 21 CFR Part 11: `11.10(c)`. */
  readonly clause: string;
  readonly resource: string;
  /** Top-level argument of the resource. */
  readonly attribute: string;
  readonly expected: string;
}

/** Rule and test of a control, by path below `policies`, formatted as `opa fmt` does: a start that compiles and passes. */
export function controlFiles(control: NewControl): Readonly<Record<string, string>> {
  const name = control.id.toLowerCase().replaceAll("-", "_");
  const folder = `part11/${name}/${name}`;
  return { [`${folder}.rego`]: rule(control, name), [`${folder}_test.rego`]: test(control, name) };
}

function rule({ id, title, severity, clause, resource, attribute, expected }: NewControl, name: string): string {
  const text = (value: string) => JSON.stringify(value);
  return `# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: ${text(title)}
# description: |-
#   Why it matters for records, and what AWS does where it is not so: write it here.
# custom:
#   id: ${id}
#   severity: ${severity}
#   clauses: [${text(clause)}]
#   annex11: ["7.1"]
#   alcoa: [enduring]
#   requirements: [URS-032]
#   resources: [${resource}]
#   attributes:
#     - {type: ${resource}, path: ${attribute}}
#   environments: [production, qualification, development]
#   failure_msg: "{attribute} of {address} is {actual}, {expected} is required."
#   fix: ${text(`Set ${attribute} to ${expected}.`)}
#   verified_by: ["none: nothing reads it back yet"]
package part11.${name}

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "${attribute}", reading, ${text(expected)}) if {
	some address in _subjects
	reading := attribute.read(input.resources[address], ["${attribute}"])
}

not_applicable := scope.reason(rego.metadata.chain(), "${resource}") if count(_subjects) == 0

_subjects := scope.existing(rego.metadata.chain(), "${resource}")
`;
}

function test({ resource, attribute, expected }: NewControl, name: string): string {
  const value = JSON.stringify(expected);
  return `# SPDX-License-Identifier: Apache-2.0

package part11.${name}_test

import data.lib.answer
import data.lib.fixture
import data.part11.${name} as control

test_answers[name] if {
	some name, case in {
		"the value passes": {
			"subject": fixture.resource("${resource}", "x", {"${attribute}": ${value}}),
			"want": answer.passed(_subject, "${attribute}", ${value}, ${value}),
		},
		"another value fails": {
			"subject": fixture.resource("${resource}", "x", {"${attribute}": "another"}),
			"want": answer.failed(_subject, "${attribute}", ${value}, "another"),
		},
		"no value fails": {
			"subject": fixture.resource("${resource}", "x", {}),
			"want": answer.failed(_subject, "${attribute}", ${value}, "not set"),
		},
		"a value not known yet is unknown": {
			"subject": fixture.unknown(fixture.resource("${resource}", "x", {}), [["${attribute}"]]),
			"want": answer.unknown(_subject, "${attribute}", ${value}, "known after apply"),
		},
	}
	control.answers == {case.want} with input as fixture.plan([case.subject])
	not control.not_applicable with input as fixture.plan([case.subject])
}

test_not_applicable if {
	control.not_applicable == "no ${resource} in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_subject := "${resource}.x"
`;
}
