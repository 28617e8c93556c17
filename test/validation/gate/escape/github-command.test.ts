// SPDX-License-Identifier: Apache-2.0
import { render, visible } from "../../../../validation/gate";
import { commandMessage, commandProperty } from "../../../../validation/gate/escape/github-command";
import { filledWith } from "../views/sample";
import { hostileStrings } from "./hostile";

const STRINGS = hostileStrings("GitHub commands");

interface Command {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly message: string;
}

test("the runner reads every hostile string back as one message and one property", () => {
  for (const text of STRINGS) {
    const read = commandsOf(`::error title=${commandProperty(text)},line=1::${commandMessage(text)}\n`);
    const properties = new Map(Object.entries({ title: visible(text), line: "1" }).filter(([, value]) => value !== ""));
    expect(read).toEqual([{ name: "error", properties, message: visible(text) }]);
  }
});

test("no hostile string adds a command or a property to the view", () => {
  const shape = (text: string) =>
    commandsOf(render("github", filledWith(text))).map(({ name, properties }) => [name, ...properties.keys()]);
  const harmless = shape("plain");
  for (const text of STRINGS.slice(0, 2_000)) expect({ text, shape: shape(text) }).toEqual({ text, shape: harmless });
});

/**
 * What the runner of GitHub takes for commands: lines that begin with `::`, white space aside, and the older `##[…]`
 * anywhere in a line (actions/runner, ActionCommand.cs).
 */
function commandsOf(log: string): readonly Command[] {
  return log.split(/\r\n|\n|\r/).flatMap((line) => {
    const older = /##\[([^\]]*)\]/.exec(line);
    if (older) return [{ name: `older ${older[1]}`, properties: new Map<string, string>(), message: "" }];
    const [, head, data] = /^\s*::(.+?)::(.*)$/su.exec(line) ?? [];
    if (head === undefined || data === undefined) return [];
    const [name = "", ...rest] = head.trim().split(" ");
    const pairs = rest
      .join(" ")
      .split(",")
      .map((pair) => pair.split("="))
      .filter(([, ...value]) => value.join("=") !== "");
    const decoded = (text: string) =>
      text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    const properties = new Map(pairs.map(([key, ...value]) => [key!.trim(), decoded(value.join("="))]));
    return [{ name, properties, message: decoded(data) }];
  });
}
