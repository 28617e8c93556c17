// SPDX-License-Identifier: Apache-2.0
export { canonicalJson, digestOf, digestOfParsed, sha256Hex } from "./canonical";
export { assertSchema } from "./schema";
export {
  hasLoneSurrogate,
  type LazyMember,
  MAX_DEPTH,
  openStrictObject,
  parseStrict,
  parseStrictText,
  type ReadLimits,
  readCapped,
  readJsonFile,
} from "./strict";
export { type Member, scanMembers } from "./structure-scan";
