# SPDX-License-Identifier: Apache-2.0

package lib.alarm

import data.lib.attribute
import data.lib.bucket
import data.lib.resource

# Alarms on a metric of an AWS service, for what is watched: {"address", "dimension", "name": value of the dimension,
# "metrics": ["namespace metric"]}. The limits of each metric are in data.json.
watching(trigger) := array.concat(
	[object.union(heard(one, watched, _limits[metric]), {"address": one}) |
		some metric in trigger.metrics
		some one in object.get(by_dimension, [metric, trigger.name], set())
		some watched in metrics(one)
		$"{watched.namespace} {watched.metric_name}" == metric
		watched.dimensions[trigger.dimension] == trigger.name
		_one_metric(trigger, metric, watched)
		not _other_region(trigger, one)
	],
	[object.union(heard(one, watched, _limits[metric]), {"address": one}) |
		some one in object.get(by_reference, trigger.address, set())
		some metric in trigger.metrics
		one in object.get(by_metric, metric, set())
		_refers(trigger, one)
		some watched in metrics(one)
		$"{watched.namespace} {watched.metric_name}" == metric
		not _other_region(trigger, one)
	],
)

_limits := data.part11_data.alarms.metrics

# By reference where the value of the dimension is not known yet.
_refers(trigger, one) if {
	some path in ["dimensions", "metric_query.metric.dimensions"]
	some name in [path, $"{path}.{trigger.dimension}"]
	trigger.address in resource.referred(input.resources[one], name)
}

# Each set of dimensions is a metric of its own: one too few or too many, and there are no data.
_one_metric(trigger, metric, watched) if {
	names := {name | some name, _ in watched.dimensions}
	every name in _limits[metric].dimensions {
		names[name]
	}
	every name in names {
		name in array.concat(_limits[metric].dimensions, object.get(_limits[metric], "optional", []))
	}
	_collected(trigger, watched)
	_replicating(trigger, watched)
}

# Replication metrics may be looked at from the region of the source or of the copy.
_other_region(trigger, one) if {
	trigger.dimension != "SourceBucket"
	elsewhere(one, input.resources[trigger.address].region)
}

# Request metrics of a bucket exist only where a metrics configuration asks for them, and for all objects only without filter.
_collected(trigger, _) if trigger.dimension != "BucketName"

_collected(trigger, watched) if {
	trigger.dimension == "BucketName"
	some owner in [trigger.name, trigger.address]
	watched.dimensions.FilterId in object.get(_collecting, owner, set())
}

# Bucket name or address -> names of its metrics configurations for all objects.
_collecting[owner] contains input.resources[configuration].values.name if {
	some configuration in resource.existing("aws_s3_bucket_metric")
	attribute.read(input.resources[configuration], ["filter"]).status != "unknown"
	object.get(input.resources[configuration].values, "filter", null) in {null, []}
	some owner in _owners(configuration)
}

_owners(configuration) := resource.referred(input.resources[configuration], "bucket") | {name |
	name := input.resources[configuration].values.bucket
}

# The metrics of a replication are those of one rule and one destination.
_replicating(trigger, _) if trigger.dimension != "SourceBucket"

_replicating(trigger, watched) if {
	trigger.dimension == "SourceBucket"
	some part in bucket.parts(trigger.address, "aws_s3_bucket_replication_configuration")
	some i, rule in input.resources[part].values.rule
	_may_be(attribute.read(input.resources[part], ["rule", i, "id"]), watched.dimensions.RuleId)
	_may_be(_destination(part, i), watched.dimensions.DestinationBucket)
}

_destination(part, i) := {"status": "known", "value": segments[count(segments) - 1]} if {
	segments := split(attribute.read(input.resources[part], ["rule", i, "destination", 0, "bucket"]).value, ":")
} else := {"status": "unknown"}

# An id that nobody sets is made up by the provider.
_may_be(reading, wanted) if {
	reading.status == "known"
	reading.value == wanted
}

_may_be(reading, _) if reading.status != "known"
