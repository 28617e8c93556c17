// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** The first error that Terraform printed without colour, as one line: its title, its place and what it says. */
export function terraformErrorLine(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^[│╷╵\s]+/u, "").trim());
  const start = lines.findIndex((line) => line.startsWith("Error: "));
  if (start < 0) return lastLine(stderr);
  const end = lines.findIndex((line, index) => index > start && line.startsWith("Error: "));
  const said = lines.slice(start, end < 0 ? undefined : end).filter((line) => line !== "");
  return said.slice(0, 6).join(" ").slice(0, 600);
}

/** The last line with text, or "no output". */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() || "no output";
}

/** An error for a Terraform command that failed. */
export function terraformFailed(command: string, code: number, stderr: string): Part11Error {
  return new Part11Error({
    code: "TERRAFORM_FAILED",
    what: `terraform ${command} failed`,
    where: "the synthesized stack",
    expected: "exit code 0",
    got: `exit code ${code}: ${terraformErrorLine(stderr)}`,
    todo: "correct what Terraform names",
  });
}
