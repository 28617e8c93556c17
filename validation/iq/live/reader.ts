// SPDX-License-Identifier: Apache-2.0
import type { ServiceClients } from "./clients";

/** A resource to look up: what identifies it comes from state, everything else from AWS. */
export interface LiveResource {
  readonly address: string;
  readonly type: string;
  readonly region: string;
  /** Attributes in state. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** Attributes as AWS shows them, in the provider's names and nesting; a block is an object or a list of objects. */
export type LiveValues = Readonly<Record<string, unknown>>;

/** Reads one resource type back through the AWS SDK. */
export interface LiveReader {
  /** API operations that it calls. */
  readonly calls: readonly string[];
  /** Attribute paths that it can show, dotted, without indexes; each path stands for itself only. */
  readonly reads: readonly string[];
  /**
   * Live attributes; undefined when AWS says that the resource is not there.
   *
   * @throws whatever the SDK throws for every other answer: no error is ever a value
   */
  read(resource: LiveResource, clients: ServiceClients): Promise<LiveValues | undefined>;
}

/** Identifying attribute of a resource. @throws when state does not hold it, which keeps the step from a result */
export function identity({ address, state }: LiveResource, attribute: string): string {
  const value = state[attribute];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${address} has no ${attribute} in state`);
}

/** Answer of a call; undefined when it fails with one of the errors by which AWS says "there is none". */
export async function unless<T>(answer: Promise<T>, ...absent: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && absent.includes(error.name)) return undefined;
    throw error;
  }
}

/** Every item of a paged list: `page` gets the token of the answer before. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await page(token);
    items.push(...answer.items);
    token = answer.next;
    if (!token) return items;
    if (seen.has(token)) throw new Error("a paged list gives the same token twice");
    seen.add(token);
  }
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** `tags` and `tags_all` from AWS's list of pairs: live there is one set of tags. */
export function tagsOf(tags: readonly Tag[] | undefined): {
  tags: Record<string, string>;
  tags_all: Record<string, string>;
} {
  const map = Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  return { tags: map, tags_all: map };
}
