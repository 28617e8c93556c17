# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Steps of a state machine and what they call
# description: |-
#   A step calls a function when some text of it names the function: its ARN, its name, or a reference to either in a
#   definition as written. A branch or an iterator counts as one step. A step waits for a person when it waits for a task
#   token or is an activity; once it has an answer its Next follows, on an error its Catch.
#   A control that reads this lists definition of aws_sfn_state_machine and function_name of aws_lambda_function.
package lib.workflow

import data.lib.resource
import data.lib.text

# State machines whose definition cannot be read.
unreadable contains machine if {
	some machine in resource.existing(_type)
	not _states(machine)
}

# Function -> state machines that call it.
calling[function] contains machine if {
	some machine, steps in _calls
	some _, functions in steps
	some function in functions
}

# The function is called on some way from the start that no person answers on.
unreviewed(machine, function) if {
	some step in graph.reachable(_edges(machine, function), {_documents[machine].StartAt})
	function in _calls[machine][step]
}

# State machine -> calls of S3 itself, not of a function, that do more than read.
writing_objects[machine] contains call if {
	some machine, definition in _documents
	walk(definition, [_, value])
	is_string(value)
	call := split(value, ":states:::")[1]
	regex.match(`^(aws-sdk:)?s3(control)?:`, call)
	not regex.match(`:(get|head|list|select)[A-Za-z0-9]*$`, call)
}

# State machine -> step -> functions.
_calls[machine][step] := functions if {
	some machine in resource.existing(_type)
	some step, state in _states(machine)
	functions := {function | walk(state, [path, value]); is_string(value); some function in _named(path, value)}
	count(functions) > 0
}

_edges(machine, function) := {step: next |
	some step, state in _states(machine)
	next := _next(state, _waits(state, object.get(_calls, [machine, step], set()), function))
}

# A step that waits for a person is left by its errors only: its Next is what the person's answer leads to.
_next(state, true) := {caught.Next | some caught in object.get(state, "Catch", [])}

_next(state, false) := {next | some name in ["Default", "Next"]; next := state[name]} | {way.Next |
	some name in ["Catch", "Choices"]
	some way in object.get(state, name, [])
}

_waits(state, functions, function) if {
	not functions[function]
	_waits_for_a_person(state)
} else := false

_waits_for_a_person(state) if endswith(state.Resource, ".waitForTaskToken")

_waits_for_a_person(state) if contains(state.Resource, ":activity:")

_states(machine) := states if {
	states := _documents[machine].States
	is_object(states)
	is_string(_documents[machine].StartAt)
}

_documents[machine] := text.document(input.resources[machine], "definition").value if {
	some machine in resource.existing(_type)
}

# Functions that a text names; what follows a reference or a name is an alias or a version.
_named(path, value) := object.get(_by_name, split(split(value, ":function:")[1], ":")[0], set()) if {
	contains(value, ":function:")
} else := object.get(_by_reference, concat("", [split(value, "}")[0], "}"]), set()) if {
	startswith(value, "${")
} else := object.get(_by_name, split(value, ":")[0], set()) if {
	path[count(path) - 1] == "FunctionName"
} else := set()

_by_name[name] contains function if {
	some function in resource.existing("aws_lambda_function")
	name := input.resources[function].values.function_name
	is_string(name)
}

_by_reference[reference] contains function if {
	some function in resource.existing("aws_lambda_function")
	some name in ["arn", "function_name", "invoke_arn", "qualified_arn"]
	reference := text.reference(function, name)
}

_type := "aws_sfn_state_machine"
