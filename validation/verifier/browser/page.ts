// SPDX-License-Identifier: Apache-2.0
import { SEAL_MEANING } from "../../evidence/seal";
import type { Verification } from "../../evidence/verify-files";
import { type ChosenFile, verdictOf } from "./verdict";

const HEADLINES = {
  0: "Intact, and sealed by the key that you named",
  1: "Not intact",
  2: "No evidence bundle",
  3: "Intact, but the signer is not pinned",
} as const;

const NOT_PINNED =
  "Anybody can seal a bundle with a key of their own. Ask the signer for the key id by another way than this bundle, and enter it above.";

const TIME_NOT_PINNED =
  "as it says: its authority is not pinned and its signature was not checked; part11 verify --tsa and openssl ts do that";

/** Wires the page: choose a folder, read it, show what was found. */
export function mount(document: Document): void {
  const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
  const [folder, key] = [element<HTMLInputElement>("folder"), element<HTMLInputElement>("key")];
  const [result, progress] = [element("result"), element("progress")];
  element<HTMLFormElement>("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    result.replaceChildren();
    const keyId = key.value.replace(/[\s:]/g, "").toLowerCase();
    if (keyId !== "" && !/^[0-9a-f]{64}$/.test(keyId)) {
      progress.textContent = "The key id is the SHA-256 of the public key: 64 hexadecimal digits.";
      return;
    }
    try {
      const chosen = await read(folder.files!, (text) => {
        progress.textContent = text;
      });
      show(document, result, verdictOf(chosen, keyId === "" ? undefined : keyId));
      progress.textContent = `${chosen.length} files read, none of them left this page.`;
    } catch (error) {
      progress.textContent = `Nothing was verified: ${(error as Error).message}`;
    }
  });
}

/** Paths below the chosen folder; the browser names that folder first. */
async function read(files: FileList, say: (text: string) => void): Promise<readonly ChosenFile[]> {
  const chosen: ChosenFile[] = [];
  for (const [at, file] of [...files].entries()) {
    say(`Reading file ${at + 1} of ${files.length}`);
    const path = file.webkitRelativePath.split("/").slice(1).join("/");
    chosen.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return chosen;
}

function show(
  document: Document,
  into: HTMLElement,
  { exit, problems, summary, keyId, timeStamp }: Verification,
): void {
  const add = (tag: string, text: string, to: HTMLElement = into) => {
    const made = document.createElement(tag);
    made.textContent = text;
    to.append(made);
    return made;
  };
  add("h2", HEADLINES[exit]).className = exit === 0 ? "good" : exit === 3 ? "open" : "bad";
  if (summary) {
    if (exit === 3) add("p", NOT_PINNED);
    const facts = add("dl", "");
    for (const [name, value] of [
      ["Bundle", summary.bundle],
      ["Target", `${summary.target.name} (${summary.target.kind})`],
      ["Status", summary.status],
      ["Conclusion", summary.conclusion],
      ["Key id", keyId ?? ""],
      ["The seal", SEAL_MEANING],
      ...(timeStamp ? [["Time stamp", `${timeStamp.time}, ${TIME_NOT_PINNED}`] as const] : []),
    ] as const) {
      add("dt", name, facts);
      add("dd", value, facts);
    }
  }
  if (problems.length > 0) {
    const list = add("ul", "");
    for (const { code, path, what } of problems) add("li", `${code} ${path}: ${what}`, list);
  }
}

// There is no document where the script is tried without a browser.
if (typeof document !== "undefined") mount(document);

export { verdictOf };
