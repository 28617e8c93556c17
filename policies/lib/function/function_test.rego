# SPDX-License-Identifier: Apache-2.0

package lib.function_test

import data.lib.fixture
import data.lib.function

test_functions_on_records[name] if {
	some name, case in {
		"one that takes records in": [{"tags": {"Part11Role": "ingest"}}, true],
		"one that signs": [{"tags": {"Part11Role": "sign"}}, true],
		"one that logs users in": [{"tags": {"Part11Role": "identity-provider"}}, false],
		"one of no role": [{}, false],
		"one of a role that is none": [{"tags": {"Part11Role": "ingests"}}, true],
	}
	found := function.on_records with input as fixture.plan([fixture.resource("aws_lambda_function", "f", case[0])])
	found == {address | address := "aws_lambda_function.f"; case[1]}
}

test_lists_of_what_the_plan_makes[name] if {
	some name, case in {
		"a reference": [fixture.referring(_dark, {"layers": [_layer]}), [{_layer}]],
		"a reference, known by now": [fixture.referring(_function({"layers": ["arn:1"]}), {"layers": [_layer]}), [{_layer}]],
		"a reference and a text": [fixture.referring(_function({"layers": ["arn:1", "arn:2"]}), {"layers": [_layer]}), []],
		"a text": [_function({"layers": ["arn:1"]}), []],
		"a reference to something else as well": [fixture.referring(_dark, {"layers": [_layer, "data.aws_lambda_layer_version.x"]}), []],
		"a layer that goes": [fixture.referring(_dark, {"layers": ["aws_lambda_layer_version.gone"]}), []],
		"one of several": [fixture.ambiguously_referring(_dark, {"layers": [_layer]}), []],
		"nothing": [_function({}), []],
	}
	plan := fixture.plan([
		case[0],
		fixture.resource("aws_lambda_layer_version", "l", {}),
		fixture.deleted(fixture.resource("aws_lambda_layer_version", "gone", {})),
		object.union(fixture.resource("aws_lambda_layer_version", "x", {}), {"mode": "data"}),
	])
	found := [made | made := function.made_here(case[0], ["layers"], "aws_lambda_layer_version")] with input as plan
	found == case[1]
}

_dark := fixture.unknown(_function({}), [["layers"]])

_function(values) := fixture.resource("aws_lambda_function", "f", values)

_layer := "aws_lambda_layer_version.l"
