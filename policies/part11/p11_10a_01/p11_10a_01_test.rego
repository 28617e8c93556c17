# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_01_test

import data.lib.fixture
import data.part11.p11_10a_01 as control

test_containers[name] if {
	some name, case in {
		"every image by digest passes": [[{"image": _app}, {"image": _sidecar}], "pass", concat(", ", [_app, _sidecar])],
		"a sidecar by tag fails": [[{"image": _app}, {"image": "envoy:1"}], "fail", "envoy:1"],
		"another spelling of the key is read too": [[{"image": _app, "Image": "app:1"}], "fail", "app:1"],
		"a container without an image is unknown": [[{"image": _app}, {"name": "b"}], "unknown", "null"],
		"a container that is none is unknown": [[_app], "unknown", "null"],
		"no container fails": [[], "fail", "no image"],
		"an object is no list": [{"image": _app}, "unknown", "no list of containers"],
	}
	plan := fixture.plan([_task({"container_definitions": json.marshal(case[0])})])
	control.answers == {_answer(case[1], case[2])} with input as plan
	not control.not_applicable with input as plan
}

test_containers_as_written[name] if {
	some name, case in {
		"a digest behind a reference passes": [[{"image": _referred, "secret": "${aws_secretsmanager_secret.a.arn}"}], "pass", _referred],
		"a tag behind a reference is unknown": [[{"image": _tagged}], "unknown", _tagged],
		"a tag beside a reference fails": [[{"image": "app:1", "secret": "${aws_secretsmanager_secret.a.arn}"}], "fail", "app:1"],
		"a reference that may hold anything is unknown": [[{"image": _app, "command": "${terraform_data.a.output}"}], "unknown", "known after apply"],
	}
	plan := fixture.plan([fixture.written(_task({}), "container_definitions", json.marshal(case[0]))])
	control.answers == {_answer(case[1], case[2])} with input as plan
}

test_texts[name] if {
	some name, case in {
		"broken JSON is unknown": [_task({"container_definitions": `[{"image": `}), "unknown", "not readable as JSON"],
		"not set fails": [_task({}), "fail", "not set"],
		"not known yet is unknown": [fixture.unknown(_task({}), [["container_definitions"]]), "unknown", "known after apply"],
		"sensitive is unknown": [fixture.sensitive(_task({}), [["container_definitions"]]), "unknown", "(sensitive)"],
	}
	control.answers == {_answer(case[1], case[2])} with input as fixture.plan([case[0]])
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no ECS task definition in the plan" with input as plan
	control.answers == set() with input as plan
}

_task(values) := fixture.resource("aws_ecs_task_definition", "app", values)

_answer(status, actual) := {
	"address": "aws_ecs_task_definition.app",
	"attribute": "container_definitions",
	"status": status,
	"expected": "every image by @sha256 digest",
	"actual": actual,
}

_digest := "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

_app := concat("", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/app", _digest])

_sidecar := concat("", ["public.ecr.aws/envoy", _digest])

_referred := concat("", ["${aws_ecr_repository.a.repository_url}", _digest])

_tagged := "${aws_ecr_repository.a.repository_url}:1"
