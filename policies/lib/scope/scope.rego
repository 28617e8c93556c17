# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Where a control applies
# description: |-
#   A control hands in its own METADATA (`rego.metadata.chain()`), so that environments, bucket roles and resource types
#   are written once, beside the rule.
package lib.scope

import data.lib.bucket
import data.lib.resource

# True when the environment judged is one of METADATA's `environments`.
applies(chain) if input.settings.environment in _custom(chain).environments

# Addresses of the buckets in METADATA's `bucket_roles`; none outside its environments.
buckets(chain) := bucket.of_roles(_custom(chain).bucket_roles) if {
	applies(chain)
} else := set()

# Addresses of one type that exist after the apply; none outside METADATA's `environments`.
existing(chain, type) := resource.existing(type) if {
	applies(chain)
} else := []

# Resource types that trigger a control: the `resources` of its METADATA.
types(chain) := _custom(chain).resources

# Why a control has nothing to judge: the environment, else the missing trigger.
reason(chain, trigger) := $"no {trigger} in the plan" if {
	applies(chain)
} else := $"does not apply in {input.settings.environment}"

_custom(chain) := [entry.annotations.custom |
	some entry in chain
	entry.annotations.custom.id
][0]
