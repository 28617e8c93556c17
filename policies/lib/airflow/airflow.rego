# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Where a managed Airflow takes its DAGs from
# description: A control that reads this lists source_bucket_arn of aws_mwaa_environment and bucket of aws_s3_bucket.
package lib.airflow

import data.lib.attribute
import data.lib.bucket
import data.lib.resource

# Buckets of the plan, by name or by reference.
sources(environment) := {address |
	of := input.resources[environment]
	some address in bucket.destinations(of, "source_bucket_arn", object.get(of.values, "source_bucket_arn", null))
	resource.exists(input.resources[address])
}

shown(environment) := attribute.shown(attribute.read(input.resources[environment], ["source_bucket_arn"]))
