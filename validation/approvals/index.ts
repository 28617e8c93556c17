// SPDX-License-Identifier: Apache-2.0
export { type AllowedSigner, parseAllowedSigners } from "./allowed-signers";
export type { ExternalSignature, ExternalSystem } from "./external-system";
export { type Counted, isOf, type Judged, type JudgedReport, judgeApprovals } from "./judge";
export { type Approval, type ApprovalFiles, namespaceOf, readApproval, type Trust } from "./read-approval";
export { type ApprovalFault, ApprovalRefusal, type Shortcoming } from "./refusal";
export {
  AGREES,
  type BoundBundle,
  type BoundDocument,
  COMPARISON,
  type Meaning,
  NATURE,
  parseStatement,
  ROLES,
  type Role,
  type Statement,
  statementBytes,
} from "./statement";
