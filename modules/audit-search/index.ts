// SPDX-License-Identifier: Apache-2.0
export { AuditSearch, type AuditSearchProps } from "./audit-search";
