// SPDX-License-Identifier: Apache-2.0
export { renderHtml } from "./html/render";
export type { Block, DocumentHead, DocumentModel } from "./model";
export { renderPdf } from "./pdf/render";
export { documentsOf, filesOf } from "./write";
export { type WrittenDocuments, writeDocuments } from "./write-documents";
export { writeProtocols } from "./write-protocols";
export { reviewFiles } from "./write-review";
