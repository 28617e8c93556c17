# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Texts that hold JSON, known or as written
# description: |-
#   One reference in a text makes the whole of it unknown in a plan. The synth shows the text as written, and what stands
#   around the references is literal. A reference may then hold anything, quotes included, and so change what the JSON
#   says: only attributes that AWS makes up or restricts to names are read past, of resources that have no free names. The
#   id and the ARN of an S3 object hold its key, which may be anything.
package lib.text

import data.lib.attribute

# The value or, where it is not known, the text as written.
read(resource, name) := reading if {
	reading := attribute.read(resource, [name])
	reading.status != "unknown"
} else := {"status": "known", "value": template} if {
	template := resource.templates[name]
	_plain(template)
} else := attribute.read(resource, [name])

# The JSON of a text: {"status": "known", "value": …}, or {"status": "unknown" | "not_set", "actual": short text}.
document(resource, name) := {"status": "known", "value": value} if {
	value := parsed(read(resource, name).value)
} else := {"status": "unknown", "actual": "not readable as JSON"} if {
	read(resource, name).status == "known"
} else := {"status": reading.status, "actual": attribute.shown(reading)} if {
	reading := read(resource, name)
}

# How a text as written refers to an attribute of a resource.
reference(address, name) := concat("", ["${", address, ".", name, "}"])

# What is left open in a text.
open(text) if contains(text, "${")

# The value of a JSON text; undefined for what is none. wasm's parser stops where a value ends and lets anything follow. In a list what follows must begin with `]` to go unseen,
# in an object with `}`: nothing does both.
parsed(json_text) := alone[0] if {
	alone := json.unmarshal(concat("", ["[", json_text, "]"]))
	count(alone) == 1
	{name | some name, _ in json.unmarshal(concat("", [`{"only":`, json_text, "}"]))} == {"only"}
}

_plain(template) if {
	not contains(template, "%{")
	parts := split(template, "${")
	every part in array.slice(parts, 1, count(parts)) {
		regex.match(`^(data\.)?aws_(batch_job_definition|batch_job_queue|caller_identity|cloudwatch_event_bus|cloudwatch_log_group|dynamodb_table|ecr_repository|ecs_cluster|ecs_task_definition|efs_access_point|efs_file_system|iam_role|kms_key|lambda_alias|lambda_function|partition|region|s3_bucket|secretsmanager_secret|sfn_activity|sfn_state_machine|sns_topic|sqs_queue|ssm_parameter|transfer_server)\.[A-Za-z0-9_-]+(\[[0-9]+\])?\.(account_id|arn|bucket|function_name|id|invoke_arn|name|partition|qualified_arn|region|repository_url|url)\}`, part)
	}
}
