// SPDX-License-Identifier: Apache-2.0
export { Backup, type BackupProps } from "./backup";
