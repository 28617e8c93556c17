// SPDX-License-Identifier: Apache-2.0
export { canonicalJson, digestOf, sha256Hex } from "./canonical";
export { assertSchema } from "./schema";
export { hasLoneSurrogate, MAX_DEPTH, parseStrict, type ReadLimits, readCapped, readJsonFile } from "./strict";
