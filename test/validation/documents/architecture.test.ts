// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { SaxesParser } from "saxes";
import { renderHtml, renderPdf } from "../../../validation/documents";
import type { Members } from "../../../validation/documents/contents/as-found";
import { svgFile } from "../../../validation/documents/html/svg-file";
import type { Figure } from "../../../validation/documents/model";
import { architectureFigure } from "../../../validation/documents/pictures/architecture";
import { factsFor, loadPolicy } from "../../../validation/gate";
import { assertSchema } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { PRODUCTION } from "../../gate/mutation/documents";
import { hostileStrings } from "../gate/escape/hostile";
import { documentOfText } from "./sample-documents";

const FILES = {
  plan: path.join(PRODUCTION, "plan.json"),
  synth: path.join(PRODUCTION, "cdk.tf.json"),
  lock: path.join(PRODUCTION, ".terraform.lock.hcl"),
  settings: path.join(PRODUCTION, "part11.yaml"),
  environment: "production",
  maxBytes: 2 ** 29 - 1,
};
const FACTS = factsFor(loadPolicy(), FILES, packageRoot()) as unknown as Members & {
  readonly resources: Readonly<Record<string, Members>>;
};

const drawn = (facts: Members = FACTS) => architectureFigure({ plan: "landing-zone", facts });
const labels = ({ drawing }: Figure) =>
  drawing.shapes.flatMap((shape) => (shape.shape === "label" ? [shape.text] : []));

/** The facts as if the plan had nothing that the choice takes. */
function without(choice: (address: string, resource: Members) => boolean): Members {
  const left = Object.entries(FACTS.resources).filter(([address, resource]) => !choice(address, resource));
  return { ...FACTS, resources: Object.fromEntries(left) };
}

const tagged =
  (role: string) =>
  (_address: string, { values }: Members) =>
    ((values as Members).tags as Members | undefined)?.BucketRole === role;

/** Names of elements and attributes; throws where a file is not well-formed. */
function shapeOf(svg: string): readonly string[] {
  const names: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => names.push(`${name} ${Object.keys(attributes)}`));
  parser.write(svg).close();
  return names;
}

test("the production plan is drawn with every part of a landing zone and its resources by name", () => {
  const texts = labels(drawn());
  for (const part of [
    "Senders, 8",
    "Inbox, 1",
    "Records, 3",
    "Replicas, 4",
    "Audit bucket, 1",
    "Ledger, 1",
    "Audit trail, 1",
  ])
    expect(texts).toContain(part);
  expect(texts).toContain("acme-clin-inbox-111122223333");
});

test.each([
  ["the way of a file", "Senders → Inbox: may put objects"],
  ["promotion", "Promotion → Records: may put objects"],
  ["what is told of", "Inbox → Promotion: events of objects"],
  ["the ledger", "Promotion → Ledger: may write items"],
  ["replication", "Records → Replicas: replicates"],
  ["the trail's destination", "Audit trail → Audit bucket: delivers to"],
  ["alarms", "Monitoring → Topics: alarms"],
])("%s is a line of the production plan", (_name, text) => {
  expect(labels(drawn()).filter((label) => label.includes(text))).toHaveLength(1);
});

test("the same plan gives the same bytes, in whatever order its resources stand", () => {
  const turned = Object.fromEntries(Object.entries(FACTS.resources).reverse());
  expect(svgFile(drawn({ ...FACTS, resources: turned }))).toBe(svgFile(drawn()));
});

test("a resource that is taken out of the plan vanishes, and its part with the last one", () => {
  const one = "acme-clin-inbox-111122223333";
  const texts = labels(drawn(without(tagged("inbox"))));
  expect(labels(drawn())).toContain(one);
  expect(texts.filter((text) => text.includes(one) || text.includes("Inbox"))).toEqual([]);
});

test.each([
  ["Replicas", "aws_s3_bucket_replication_configuration"],
  ["delivers to", "aws_cloudtrail"],
  ["alarms", "aws_cloudwatch_metric_alarm"],
  ["events of objects", "aws_cloudwatch_event_target"],
])("no line says %s where the plan has no %s", (said, type) => {
  const bare = drawn(without((_address, resource) => resource.type === type));
  const lines = (figure: Figure) => labels(figure).filter((text) => text.includes("→") && text.includes(said));
  expect(lines(drawn())).not.toEqual([]);
  expect(lines(bare)).toEqual([]);
});

test("a grant to nobody's role, and one that is denied, are no lines", () => {
  const statements = (FACTS.statements as readonly Members[]).map((one) => ({ ...one, effect: "Deny" }));
  expect(labels(drawn({ ...FACTS, statements })).filter((text) => /may |assumes/.test(text))).toEqual([]);
});

test("facts of an older form give an empty picture, and no error", () => {
  expect(labels(drawn({ schemaVersion: 0, resources: [], statements: "none" }))).toEqual([]);
});

describe("a hostile name", () => {
  const named = (name: string): Members => {
    const renamed = Object.entries(FACTS.resources).map(([address, resource]) =>
      tagged("inbox")(address, resource) && resource.type === "aws_s3_bucket"
        ? [address, { ...resource, values: { ...(resource.values as Members), bucket: name } }]
        : [address, resource],
    );
    return { ...FACTS, resources: Object.fromEntries(renamed) };
  };
  const plain = shapeOf(svgFile(drawn(named("name"))));

  it("adds nothing to a picture, which stays well-formed", () => {
    for (const text of hostileStrings("SVG").slice(0, 40))
      expect({ text, shape: shapeOf(svgFile(drawn(named(text)))) }).toEqual({ text, shape: plain });
  });

  it("is told as a text and runs nothing", () => {
    const svg = svgFile(drawn(named("</text><script>1</script>")));
    expect(svg).toContain("&lt;/text&gt;&lt;script&gt;");
    expect(svg).not.toContain("<script");
  });
});

describe("as a block of a document", () => {
  const model = { ...documentOfText("text"), blocks: [drawn()] };

  it("holds to the schema, and fits a page", () => {
    expect(() => assertSchema("document", model, "a document")).not.toThrow();
  });

  it("has its name and its description in the page, the picture and the PDF", async () => {
    const { title, description } = drawn();
    const page = renderHtml(model);
    for (const text of [`>${title}</title>`, `>${description}</desc>`]) expect(page).toContain(text);
    expect((await renderPdf(model)).toString("latin1")).toContain("/Alt (Senders: 8");
  });

  it("loads nothing", () => {
    expect(svgFile(drawn()).replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|url\(|@import|href/,
    );
  });
});
