# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_02_test

import data.lib.fixture
import data.part11.p11_10a_02 as control

test_texts[name] if {
	some name, case in {
		"one container by digest passes": ["container_properties", {"image": _app}, "pass", _app],
		"by tag fails": ["container_properties", {"image": "app:1"}, "fail", "app:1"],
		"another spelling of the key is read too": ["container_properties", {"image": _app, "IMAGE": "app:1"}, "fail", "app:1"],
		"no image fails": ["container_properties", {"vcpus": 1}, "fail", "no image"],
		"an image that is no text is unknown": ["container_properties", {"image": 1}, "unknown", "1"],
		"nodes are read": ["node_properties", {"nodeRangeProperties": [{"container": {"image": _app}}, {"container": {"image": "app:1"}}]}, "fail", "app:1"],
		"tasks are read": ["ecs_properties", {"taskProperties": [{"containers": [{"image": "app:1"}, {"image": _app}]}]}, "fail", "app:1"],
	}
	plan := fixture.plan([_job({case[0]: json.marshal(case[1])})])
	control.answers == {_answer(case[0], case[2], case[3])} with input as plan
	not control.not_applicable with input as plan
}

test_texts_that_cannot_be_read[name] if {
	some name, case in {
		"broken JSON is unknown": [_job({"container_properties": `{"image": `}), "unknown", "not readable as JSON"],
		"not known yet is unknown": [fixture.unknown(_job({}), [["container_properties"]]), "unknown", "known after apply"],
		"none at all fails": [_job({}), "fail", "no image"],
		"a digest behind a reference passes": [fixture.written(_job({}), "container_properties", json.marshal({"image": _referred})), "pass", _referred],
		"a tag behind a reference is unknown": [fixture.written(_job({}), "container_properties", json.marshal({"image": _tagged})), "unknown", _tagged],
	}
	control.answers == {_answer("container_properties", case[1], case[2])} with input as fixture.plan([case[0]])
}

test_pods[name] if {
	some name, case in {
		"every container by digest passes": [_pods([{"image": _app}], []), {_answer(_containers, "pass", _app)}],
		"an init container by tag fails": [
			_pods([{"image": _app}], [{"image": "init:1"}]),
			{_answer(_containers, "pass", _app), _answer(_init, "fail", "init:1")},
		],
		"an image not known yet is unknown": [
			fixture.unknown(_pods([{}], []), [["eks_properties", 0, "pod_properties", 0, "containers", 0, "image"]]),
			{_answer(_containers, "unknown", "null")},
		],
		"containers not known as a whole are unknown": [
			fixture.unknown(_job({}), [["eks_properties"]]),
			{_answer(_containers, "unknown", "known after apply"), _answer(_init, "unknown", "known after apply")},
		],
		"containers not known are unknown": [
			fixture.unknown(_pods([], []), [["eks_properties", 0, "pod_properties", 0, "containers"]]),
			{_answer(_containers, "unknown", "known after apply")},
		],
	}
	control.answers == case[1] with input as fixture.plan([case[0]])
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no Batch job definition in the plan" with input as plan
	control.answers == set() with input as plan
}

_job(values) := fixture.resource("aws_batch_job_definition", "job", values)

_pods(containers, init) := _job({"eks_properties": [{"pod_properties": [{"containers": containers, "init_containers": init}]}]})

_answer(attribute, status, actual) := {
	"address": "aws_batch_job_definition.job",
	"attribute": attribute,
	"status": status,
	"expected": "every image by @sha256 digest",
	"actual": actual,
}

_containers := "eks_properties.pod_properties.containers.image"

_init := "eks_properties.pod_properties.init_containers.image"

_digest := "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

_app := concat("", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/app", _digest])

_referred := concat("", ["${aws_ecr_repository.a.repository_url}", _digest])

_tagged := "${aws_ecr_repository.a.repository_url}:1"
