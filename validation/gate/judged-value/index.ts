// SPDX-License-Identifier: Apache-2.0
export { JudgedValues } from "./judged-values";
