// SPDX-License-Identifier: Apache-2.0
export { Monitoring, type MonitoringProps } from "./monitoring";
export { type ThresholdAlarmProps, thresholdAlarm } from "./threshold-alarm";
export { AlertTopic, type AlertTopicProps, type Subscriber } from "./topic";
