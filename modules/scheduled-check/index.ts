// SPDX-License-Identifier: Apache-2.0
export { ScheduledCheck, type ScheduledCheckProps } from "./scheduled-check";
