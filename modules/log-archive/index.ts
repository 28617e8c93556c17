// SPDX-License-Identifier: Apache-2.0
export { LogArchive, type LogArchiveProps } from "./log-archive";
