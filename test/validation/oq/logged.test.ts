// SPDX-License-Identifier: Apache-2.0
import { unspoken, written } from "../../../validation/oq/logged";
import type { Range } from "../../../validation/oq/range";

/** Log lines on two pages. */
function logs(...pages: ReadonlyArray<readonly string[]>): Range {
  const send = async ({ input }: { input: { nextToken?: string } }) => {
    const at = Number(input.nextToken ?? 0);
    const events = (pages[at] ?? []).map((message) => ({ message }));
    return { events, nextToken: at + 1 < pages.length ? String(at + 1) : undefined };
  };
  return { administrator: async () => ({ logs: () => ({ send }) }) } as unknown as Range;
}

const said = (...pages: ReadonlyArray<readonly string[]>) => unspoken(logs(...pages), "group", "secret", new Date(0));

test("a secret that no line holds was not spoken of", async () => {
  expect(await said(["login"], ["logout"])).toEqual({ ok: true, seen: "group: 2 lines, none with the password" });
});

test.each<[string, ReadonlyArray<readonly string[]>, string]>([
  ["a line of a later page holds it", [["login"], ["with secret"]], "group: 2 lines, 1 with the password"],
  ["there is no line at all", [[]], "group: 0 lines, none with the password"],
])("it does not hold where %s", async (_, pages, seen) => {
  expect(await said(...pages)).toEqual({ ok: false, seen });
});

test.each([
  ["a line of text", "PART11 told\n"],
  ["a line of JSON", '{"versions":1}\n'],
  ["a line that only begins like JSON", "{never ends\n"],
])("%s is what the function wrote, also within a message of Lambda's own", (_, line) => {
  const within = JSON.stringify({ level: "INFO", message: line });
  expect([written(line), written(within)]).toEqual([line.trimEnd(), line.trimEnd()]);
});
