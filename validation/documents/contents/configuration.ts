// SPDX-License-Identifier: Apache-2.0

import type { SealedRun } from "../../evidence";
import { entriesOf, type IqRow, type RunRecord, type StepOutcome } from "../../evidence";
import { type Block, type Cell, type DocumentModel, NOT_RECORDED, type RecordBlock } from "../model";
import { architectureFigure } from "../pictures/architecture";
import { areasFigure } from "./areas-figure";
import { approvals, code, facts, list, paragraph, section, table } from "./blocks";
import { documentOf } from "./head";
import { type PlannedStack, plannedStacks, zoneOf } from "./planned-resources";
import { toolsTable } from "./run";
import { outcomesOf, valueText } from "./steps";

/** Every resource of every plan, as planned and as deployed. */
export function configurationSpecification(bundle: SealedRun): DocumentModel {
  const { record } = bundle;
  const stacks = plannedStacks(bundle);
  const readBack = new Map(
    outcomesOf(record, "IQ").flatMap((o) => (o.step.readBack ? [[o.step.readBack.address, o]] : [])),
  );
  const zone = zoneOf(stacks, record);
  const others = stacks.filter((stack) => stack !== zone);
  return documentOf("CFG", record, "DRAFT", [
    approvals(
      "Approvals",
      ["Author", "The configuration is complete and is the one to be qualified."],
      ["System owner", "The configuration is what the system needs."],
      ["Quality", "The specification complies with the quality system."],
    ),
    ...section("What this specification says", paragraph(PURPOSE)),
    ...section("Overview", ...(zone ? overview(zone) : [paragraph(`The plan that was applied: ${NOT_RECORDED}.`)])),
    ...section("Inputs", ...inputs(record, stacks), toolsTable(record)),
    ...(zone ? section("Inventory", inventory(zone, others, readBack)) : []),
    ...section("Resources of other plans", ...others.map((stack) => foreign(stack, zone))),
    ...section(
      "Resources as configured and as deployed",
      ...[...readBack].map(([, outcome]) => resource(outcome, zone)),
    ),
    ...section("What this specification does not hold", notHeld()),
  ]);
}

const PURPOSE =
  "It is drawn from the configuration that was synthesized, the plans that the gate judged and the values that the installation qualification read back. Configured: what the configuration sets. Deployed: what the live system answered. Attributes that no control reads are in the synthesized stack of the bundle, not here.";

function overview(zone: PlannedStack): readonly Block[] {
  const types = new Map<string, number>();
  for (const { type } of zone.resources.values()) types.set(type, (types.get(type) ?? 0) + 1);
  return [
    architectureFigure(zone),
    areasFigure(zone),
    table(
      `Resources of plan ${zone.plan} by type`,
      { Type: 70, Resources: 30 },
      [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => [code(type), String(count)]),
    ),
  ];
}

function inputs({ entries }: RunRecord, stacks: readonly PlannedStack[]): readonly Block[] {
  const plans = entriesOf(entries, "plan-made");
  return [
    table(
      "Files that the plans were made of, by SHA-256",
      { Plan: 20, File: 26, "SHA-256": 54 },
      plans.flatMap(({ body }) => [
        [body.plan, "binary plan", code(body.planSha256)],
        ...Object.entries(body.digests).map(([name, digest]): Cell[] => [body.plan, code(name), code(digest)]),
      ]),
    ),
    table(
      "Settings that the policies judged with",
      { Plan: 20, Setting: 26, Value: 54 },
      stacks.flatMap(({ plan, settings }) =>
        Object.entries(settings).map(([name, value]): Cell[] => [plan, name, code(valueText(value))]),
      ),
    ),
  ];
}

function inventory(zone: PlannedStack, others: readonly PlannedStack[], readBack: ReadonlyMap<string, StepOutcome>) {
  const production = others.filter(({ settings }) => settings.environment === "production");
  const addresses = new Set([
    ...zone.resources.keys(),
    ...production.flatMap(({ resources }) => [...resources.keys()]),
  ]);
  const rows = [...addresses].sort().map((address): Cell[] => {
    const outcome = readBack.get(address);
    const planned = zone.resources.get(address);
    return [
      code(address),
      planned ? `yes, ${planned.region ?? "no region"}` : "no",
      production.length === 0 ? NOT_RECORDED : production.some((p) => p.resources.has(address)) ? "yes" : "no",
      outcome ? [{ result: outcome.finished?.result ?? "NO RESULT" }, { code: outcome.step.id }] : "not read back",
    ];
  });
  return table(
    `${rows.length} resources: plan ${zone.plan}, which was applied, and the plan for production, which was judged only`,
    { Resource: 52, "Planned here": 16, "Planned for production": 14, "Deployed: read back by": 18 },
    rows,
  );
}

function foreign(stack: PlannedStack, zone: PlannedStack | undefined): Block {
  if (!stack.known) return paragraph(`Resources of plan ${stack.plan}: ${NOT_RECORDED} in a form that names them.`);
  const own = [...stack.resources].filter(([address]) => !zone?.resources.has(address));
  return table(
    `Plan ${stack.plan}, ${stack.applied ? "applied; no step of the installation qualification reads it back" : "not applied"}: resources that are in no other table`,
    { Resource: 60, Region: 20, Deployed: 20 },
    own.map(([address, { region }]) => [code(address), region ?? "none", stack.applied ? "not read back" : "no"]),
  );
}

function resource({ step, finished }: StepOutcome, zone: PlannedStack | undefined): RecordBlock {
  const address = step.readBack!.address;
  const planned = zone?.resources.get(address);
  const rows = finished?.rows ?? [];
  return {
    kind: "record",
    id: step.id,
    title: address,
    result: finished?.result ?? "NO RESULT",
    items: facts(
      ["Type", code(planned?.type ?? NOT_RECORDED)],
      ["Region", planned?.region ?? "none"],
      ["Construct", planned?.construct ? code(planned.construct) : NOT_RECORDED],
    ).items,
    tables: [
      table(
        "Attributes that controls read",
        { Attribute: 26, Configured: 40, Deployed: 34 },
        rows.length > 0
          ? rows.map((row) => [code(row.attribute), said(row, "config"), deployed(row)])
          : step.readBack!.attributes.map((name) => [code(name), NOT_RECORDED, "not read back"]),
      ),
    ],
  };
}

function said(row: IqRow, source: "config" | "live"): Cell {
  const reading = row[source];
  switch (reading.kind) {
    case "value":
      return { code: valueText(reading.value) };
    case "default":
      return [`default (${reading.source})`, { code: valueText(reading.value) }];
    case "not-available":
      return `not available: ${reading.reason}`;
    default:
      return reading.kind === "unknown" ? "not known yet" : "not set";
  }
}

function deployed(row: IqRow): Cell {
  const live = said(row, "live");
  return row.result === "PASS" && JSON.stringify(live) === JSON.stringify(said(row, "config")) ? "as configured" : live;
}

function notHeld() {
  return list(
    "Attributes that no control reads: see cdk.tf.json of the bundle.",
    "Values that are known only to AWS and that no reader asks for.",
    "Design decisions and their reasons: see the design documents of the organisation.",
    "Sensitive values.",
  );
}
