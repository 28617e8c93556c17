// SPDX-License-Identifier: Apache-2.0
export { Replication, type ReplicationProps } from "./replication";
