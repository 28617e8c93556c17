// SPDX-License-Identifier: Apache-2.0
export { compareTables, type Row, type TableComparison, type TableContent } from "./compare-tables";
export { scanTable } from "./scan-table";
