// SPDX-License-Identifier: Apache-2.0
export { type HandlerArchive, handlerArchive } from "./archive";
export { CodeSigning, type CodeSigningProps } from "./code-signing";
export { Handler, type HandlerCode, type HandlerProps, handlerKey } from "./handler";
