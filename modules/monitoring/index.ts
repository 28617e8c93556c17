// SPDX-License-Identifier: Apache-2.0
export { type Metric, metricBytesUploaded, metricReplicationFailures, metricReplicationLatency } from "./metrics";
export { Monitoring, type MonitoringProps } from "./monitoring";
export { AlertTopic, type AlertTopicProps, type Subscriber } from "./topic";
