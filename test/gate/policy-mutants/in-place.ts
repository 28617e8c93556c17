// SPDX-License-Identifier: Apache-2.0
import { firstNoticed, type Noticed, passing, uncompiled } from "./batch";
import { importedBy, POLICIES, type Policies, type PolicyFolder } from "./folders";
import type { Mutant } from "./mutants";
import { withOpa } from "./opa-server";

/** Asks the tests of folders that see the mutants, of one folder, through others too: one mutant after the other takes the place of its file. */
export async function noticedInPlace(
  mutants: readonly Mutant[],
  asked: readonly PolicyFolder[],
  opa: string,
  policies: Policies,
  onAnswer: (mutant: Mutant, noticed: Noticed | undefined) => void,
): Promise<void> {
  await withOpa(opa, POLICIES, ["data.json", ...filesFor(asked, policies)], async (server) => {
    const usual = new Map<string, string>();
    for (const at of asked.flatMap(({ testPaths }) => testPaths)) usual.set(at, passing(await server.value(at), at));
    let changed: Mutant | undefined;
    for (const mutant of mutants) {
      // Every replacement compiles all: the former one is only taken back where the next does not overwrite it.
      if (changed && changed.file !== mutant.file) await server.replace(pathOf(changed), sourceOf(changed));
      const compiles = await server.replace(pathOf(mutant), mutant.text);
      onAnswer(mutant, compiles ? await firstNoticed(asked, usual, server.value) : uncompiled(mutant));
      changed = mutant;
    }
  });
}

function filesFor(asked: readonly PolicyFolder[], policies: Policies): readonly string[] {
  const imported = importedBy(asked, policies).filter((folder) => !asked.includes(folder));
  return [
    ...imported.flatMap(({ name, sources }) => [...sources.keys()].map((file) => `${name}/${file}`)),
    ...asked.map(({ name }) => name),
  ];
}

function pathOf({ folder, file }: Mutant): string {
  return `${folder.name}/${file}`;
}

function sourceOf({ folder, file }: Mutant): string {
  return folder.sources.get(file)!;
}
