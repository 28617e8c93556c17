// SPDX-License-Identifier: Apache-2.0

/** Whether two names are those of one person, however they are spelt: "Ann.Lee" approves nothing of "ann lee". */
export function isSamePerson(one: string, other: string): boolean {
  return words(one) === words(other);
}

function words(name: string): string {
  const parts = name
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, "")
    .split(/[^a-z0-9]+/);
  return parts
    .filter((part) => part !== "")
    .sort()
    .join(" ");
}
