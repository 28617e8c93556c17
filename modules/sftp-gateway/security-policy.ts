// SPDX-License-Identifier: Apache-2.0

/**
 * Security policies of Transfer without SHA-1, CBC and 1024-bit groups: names and not an age, so that a plan gets the same
 * verdict next year. Those of 2025-03 exchange keys with ML-KEM beside the classic way.
 * @see Transfer Family user guide, "Security policies for AWS Transfer Family servers" (read 2026-11-22)
 */
export const securityPolicies = [
  "TransferSecurityPolicy-2024-01",
  "TransferSecurityPolicy-2025-03",
  "TransferSecurityPolicy-FIPS-2024-01",
  "TransferSecurityPolicy-FIPS-2024-05",
  "TransferSecurityPolicy-FIPS-2025-03",
  "TransferSecurityPolicy-Restricted-2024-06",
  "TransferSecurityPolicy-SshAuditCompliant-2025-02",
] as const;

export type SecurityPolicy = (typeof securityPolicies)[number];
