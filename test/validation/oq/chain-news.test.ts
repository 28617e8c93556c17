// SPDX-License-Identifier: Apache-2.0
import { ChainNews } from "../../../validation/oq/chain-news";
import type { Range } from "../../../validation/oq/range";

interface Asked {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S: string }>>;
    readonly RequestItems?: {
      readonly ledger: { readonly Keys: ReadonlyArray<{ readonly pk: { readonly S: string } }> };
    };
  };
}

/** A chain with links to these events, of which the table does not have all. */
function chain(links: readonly string[], missing?: string, UnprocessedKeys: object = {}) {
  const send = async ({ constructor: { name }, input }: Asked) => {
    if (name === "QueryCommand") {
      const last = input.ExpressionAttributeValues![":last"]!.S;
      const rows = links.map((eventId, at) => ({ sk: { S: String(at) }, link: { S: JSON.stringify({ eventId }) } }));
      return { Items: rows.filter(({ sk }) => sk.S > last) };
    }
    const ids = input.RequestItems!.ledger.Keys.map(({ pk }) => pk.S).filter((id) => id !== `event#${missing}`);
    const ledger = ids.map((id) => ({ pk: { S: id }, event: { S: JSON.stringify({ id }) } }));
    return { Responses: { ledger }, UnprocessedKeys };
  };
  const range = { zone: { tableNamed: () => "ledger" }, administrator: async () => ({ dynamodb: () => ({ send }) }) };
  return new ChainNews(range as unknown as Range, "acme");
}

test("each event of a chain is news once, in the order of its links", async () => {
  const links = ["b", "a"];
  const news = chain(links);
  expect((await news.next()).map(({ id }) => id)).toEqual(["event#b", "event#a"]);
  links.push("c");
  expect((await news.next()).map(({ id }) => id)).toEqual(["event#c"]);
  expect(await news.next()).toEqual([]);
});

test.each([
  ["a link whose event is not there", chain(["a", "b"], "b"), /no event b/],
  ["keys that were left unread", chain(["a"], undefined, { ledger: {} }), /keys left unread/],
])("%s is no news of a chain", async (_, news, got) => {
  await expect(news.next()).rejects.toThrow(got);
});
