# SPDX-License-Identifier: Apache-2.0

package lib.alarm

import data.lib.key
import data.lib.resource
import data.lib.statement

# Where an attribute with topic ARNs leads when a service publishes there: somebody hears of it, nobody does, not known.
notified(address, name, service) := best([_told(topic, service) | some topic in topics]) if {
	topics := _topics(address, name)
	count(topics) > 0
} else := {"status": "fail", "actual": $"no {name}"} if {
	_read(address, name).status == "not_set"
} else := {"status": "fail", "actual": $"no {name}"} if {
	_read(address, name).value == []
} else := {"status": "unknown", "actual": $"{name} leads out of the plan"}

_topics(address, name) := {topic |
	some topic in resource.referred(input.resources[address], name)
	input.resources[topic].type == "aws_sns_topic"
	resource.exists(input.resources[topic])
}

_told(topic, service) := found if {
	found := _unadmitted[service][topic]
} else := _listened[topic]

# Topic -> what becomes of a message there.
_listened[topic] := verdict if {
	some topic in resource.existing("aws_sns_topic")
	verdict := best({_delivered(topic, subscription) | some subscription in _subscriptions[topic]})
}

_listened[topic] := {"status": "fail", "actual": $"{topic} has no subscription"} if {
	some topic in resource.existing("aws_sns_topic")
	not _subscriptions[topic]
}

_subscriptions[topic] contains subscription if {
	some subscription in resource.existing("aws_sns_topic_subscription")
	some topic in resource.referred(input.resources[subscription], "topic_arn")
}

# Messages of services carry no attributes, so that a filter on attributes drops them all; one on the body is not judged.
_delivered(topic, subscription) := {"status": "pass", "actual": topic} if {
	_unfiltered(_read(subscription, "filter_policy"))
} else := {"status": "unknown", "actual": $"filter_policy of {subscription} known after apply"} if {
	some name in ["filter_policy", "filter_policy_scope"]
	_read(subscription, name).status == "unknown"
} else := {"status": "unknown", "actual": $"filter_policy of {subscription} is not judged"} if {
	_read(subscription, "filter_policy_scope").value == "MessageBody"
} else := {"status": "unknown", "actual": $"filter_policy of {subscription} is not judged"} if {
	contains(_read(subscription, "filter_policy").value, "exists")
} else := {"status": "fail", "actual": $"{subscription} filters every message away"}

_unfiltered(reading) if reading.status == "not_set"

_unfiltered(reading) if reading.value in {"", "{}"}

# ---- what a service may do ------------------------------------------------------------------------------------------

# Service -> topic -> why it may not publish there. Found once, for alarms by the hundred share few topics.
_unadmitted[service][topic] := verdict if {
	some service in ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
	some topic in resource.existing("aws_sns_topic")
	verdict := _barred(topic, service)
}

_barred(topic, service) := {"status": "unknown", "actual": $"the policy of {topic} is not known"} if {
	_policy_unknown(topic)
} else := {"status": "fail", "actual": $"{topic} does not let {service} publish"} if {
	not _lets_publish(topic, service)
} else := {"status": "fail", "actual": $"{topic} does not let {service} publish"} if {
	some said in statement.on(topic)
	_forbids(said, service, "sns:publish")
} else := {"status": "fail", "actual": $"AWS's own key of {topic} does not let {service} in"} if {
	contains(_read(topic, "kms_master_key_id").value, "alias/aws/")
} else := found if {
	found := best([_locked_out(one, topic, service) | some one in _own_keys(topic)])
}

_policy_unknown(topic) if statement.uncertain_on(topic, "resource")

_policy_unknown(topic) if {
	count(statement.policies_on(topic, "resource")) == 0
	count(_unplaced) > 0
}

# A policy whose topic cannot be told.
_unplaced contains policy.address if {
	some policy in statement.live_policies
	policy.use == "resource"
	count(policy.subjects) == 0
	input.resources[policy.address].type == "aws_sns_topic_policy"
}

# The policy that SNS gives a topic of none lets the account publish, alarms included; event rules are not the account.
# Source: Amazon EventBridge user guide, Troubleshooting: my rule runs but no message is published into my SNS topic.
_lets_publish(topic, service) if {
	service == "cloudwatch.amazonaws.com"
	count(statement.policies_on(topic, "resource")) == 0
}

_lets_publish(topic, service) if {
	some said in statement.on(topic)
	said.effect == "Allow"
	_names(said, service)
	statement.matches_action(said, "sns:publish")
}

_own_keys(topic) := {one |
	some one in key.identities(input.resources[topic], ["kms_master_key_id"])
	input.resources[one].type == "aws_kms_key"
}

# A service encrypts what it publishes: it needs a data key, and to decrypt it.
# Source: Amazon SNS developer guide, Key management: enable compatibility between event sources and encrypted topics.
_locked_out(one, topic, service) := {"status": "unknown", "actual": $"the policy of the key of {topic} is not known"} if {
	statement.uncertain_on(one, "resource")
} else := {"status": "fail", "actual": $"{one} does not let {service} in"} if {
	some action in ["kms:decrypt", "kms:generatedatakey"]
	not _opens(one, service, action)
}

_opens(one, service, action) if {
	some said in statement.on(one)
	said.effect == "Allow"
	_names(said, service)
	statement.matches_action(said, action)
}

_forbids(said, service, action) if {
	said.effect == "Deny"
	count(said.conditions) == 0
	_names(said, service)
	statement.covers_action(said, action)
}

_names(said, service) if statement.services(said)[service]

_names(said, _) if statement.everyone(said)
