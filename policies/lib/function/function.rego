# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Functions that take in or sign records, and what else runs in them
# description: |-
#   Known by their tag Part11Role (ingest, sign). A control that reads this lists tags and tags_all of aws_lambda_function.
package lib.function

import data.lib.attribute
import data.lib.resource
import data.lib.tag

on_records contains address if {
	some address in resource.existing("aws_lambda_function")
	some role in ["ingest", "sign"]
	tag.may_have_part11_role(input.resources[address], role)
}

ingesting contains address if {
	some address in resource.existing("aws_lambda_function")
	tag.may_have_part11_role(input.resources[address], "ingest")
}

# Resources of the type that a list refers to, where each of its items is one of them. An item has an address or a text:
# of a plan on what is there already the texts are known, and the references are there too.
made_here(of, path, type) := found if {
	name := attribute.dotted(path)
	found := {address |
		some address in resource.referred(of, name)
		input.resources[address].type == type
		resource.exists(input.resources[address])
	}
	count(found) > 0
	resource.referred(of, name) | resource.possibly_referred(of, name) == found
	count([item | some item in object.get(of.values, path, [])]) <= count(found)
}
