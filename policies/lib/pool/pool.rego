# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Functions that a user pool asks while somebody signs in or up
# description: |-
#   A control that reads this lists the trigger as lambda_config.<trigger> of aws_cognito_user_pool.
package lib.pool

import data.lib.answer
import data.lib.attribute
import data.lib.resource

# The pool leaves a decision to no function. A function of the plan has an ARN that is known after apply, and is there.
without_trigger(address, trigger) := answer.passed(address, name, "no function", "not set") if {
	name := concat(".", ["lambda_config", trigger])
	_empty(_reading(address, trigger))
} else := answer.failed(address, name, "no function", concat(", ", sort(functions))) if {
	name := concat(".", ["lambda_config", trigger])
	functions := resource.referred(input.resources[address], name)
	count(functions) > 0
} else := answer.of(address, name, _reading(address, trigger), set(), "no function") if {
	name := concat(".", ["lambda_config", trigger])
}

_empty(reading) if reading.status == "not_set"

_empty(reading) if attribute.is_value(reading, "")

_reading(address, trigger) := attribute.read(input.resources[address], ["lambda_config", 0, trigger])
