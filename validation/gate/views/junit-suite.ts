// SPDX-License-Identifier: Apache-2.0
import { xml } from "../escape/xml";

export type JunitResult = "passed" | "failure" | "error" | "skipped";

export interface JunitCase {
  readonly group: string;
  readonly name: string;
  readonly result: JunitResult;
  /** Of the result; for a pass what stands in its output. */
  readonly message: string;
  readonly lines: readonly string[];
  /** Duration. @default - not said */
  readonly seconds?: number;
}

export interface JunitSuite {
  readonly name: string;
  readonly properties: ReadonlyArray<readonly [name: string, value: string]>;
  readonly cases: readonly JunitCase[];
}

/** JUnit XML of some suites, with the totals of their cases. */
export function junitDocument(name: string, suites: readonly JunitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}" ${totals(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines({ name, properties, cases }: JunitSuite): readonly string[] {
  return [
    `  <testsuite name="${xml(name)}" ${totals(cases)}>`,
    ...(properties.length === 0
      ? []
      : [
          "    <properties>",
          ...properties.map(([key, value]) => `      <property name="${xml(key)}" value="${xml(value)}"/>`),
          "    </properties>",
        ]),
    ...cases.flatMap(caseLines),
    "  </testsuite>",
  ];
}

function totals(cases: readonly JunitCase[]): string {
  const of = (result: JunitResult) => cases.filter((one) => one.result === result).length;
  return `tests="${cases.length}" failures="${of("failure")}" errors="${of("error")}" skipped="${of("skipped")}"`;
}

function caseLines({ group, name, result, message, lines, seconds }: JunitCase): readonly string[] {
  const time = seconds === undefined ? "" : ` time="${seconds.toFixed(3)}"`;
  const head = `    <testcase classname="${xml(group)}" name="${xml(name)}"${time}`;
  const text = lines.map(xml).join("\n");
  if (result === "passed") return [`${head}><system-out>${xml(message)}</system-out></testcase>`];
  const attributes = result === "skipped" ? "" : ` type="${result}"`;
  return [`${head}>`, `      <${result}${attributes} message="${xml(message)}">${text}</${result}>`, "    </testcase>"];
}
