// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type Protocol, type ProtocolStep, protocolHash, type RunRecord } from "../evidence";
import { prose } from "../gate/escape/markdown";
import { OSCAL_VERSION, property, uuid } from "../gate/escape/oscal";
import { digestOf } from "../json";
import { controlIds, SUBJECTS } from "./oscal-parts";

/**
 * OSCAL assessment-plan of the protocols of a run: a task a protocol, an activity a step. It holds nothing of what came of
 * them, and its time is that at which the last protocol was fixed.
 */
export function oscalPlan({ summary, protocols, entries }: RunRecord): object {
  const seed = digestOf({ bundle: summary.bundle, protocols: protocols.map(protocolHash) });
  const fixedAt = entriesOf(entries, "protocol-fixed").at(-1)?.at ?? summary.startedAt;
  const steps = protocols.flatMap((protocol) => protocol.steps.map((step) => ({ protocol, step })));
  return {
    "assessment-plan": {
      uuid: uuid(seed, "document"),
      metadata: {
        title: prose(`part11 qualify: protocols of ${summary.system}`),
        "last-modified": fixedAt,
        version: summary.bundle,
        "oscal-version": OSCAL_VERSION,
        props: protocols.map((protocol) => property(`${protocol.id}-sha256`, protocolHash(protocol))),
      },
      "import-ssp": {
        href: `#${uuid(seed, "system")}`,
        remarks:
          "No system security plan is imported: the configuration specification of the run describes the system.",
      },
      ...(steps.length > 0
        ? { "local-definitions": { activities: steps.map(({ protocol, step }) => activity(protocol, step, seed)) } }
        : {}),
      "reviewed-controls": { "control-selections": [selection(controlIds(protocols))] },
      "assessment-subjects": SUBJECTS,
      ...(protocols.length > 0 ? { tasks: protocols.map((protocol) => task(protocol, seed)) } : {}),
      "back-matter": {
        resources: [
          { uuid: uuid(seed, "system"), title: prose(summary.system), description: prose(summary.environment) },
        ],
      },
    },
  };
}

/** Id of the activity that a step is. */
export function activityId(protocol: string, step: string, seed: string): string {
  return uuid(seed, `activity ${protocol} ${step}`);
}

function activity(protocol: Protocol, step: ProtocolStep, seed: string): object {
  const { id, title, action, expected, acceptance, controls, clauses, requirements, requires, twin, mutant } = step;
  const about = { twin, mutant, requires, principal: step.principal, layer: step.layer };
  return {
    uuid: activityId(protocol.id, id, seed),
    title: prose(`${id} ${title}`),
    description: prose(action),
    props: [
      property("method", protocol.kind === "IQ" ? "EXAMINE" : "TEST"),
      property("protocol", protocol.id),
      property("step", id),
      property("expected", expected),
      property("acceptance", acceptance),
      ...Object.entries(about).flatMap(([name, value]) => (value === undefined ? [] : [property(name, value)])),
      ...clauses.map((clause) => property("clause", clause)),
      ...requirements.map((requirement) => property("requirement", requirement)),
    ],
    ...(controls.length > 0 ? { "related-controls": { "control-selections": [selection(controls)] } } : {}),
  };
}

function task({ id, title, kind, steps }: Protocol, seed: string): object {
  return {
    uuid: uuid(seed, `task ${id}`),
    type: "action",
    title: prose(`${id} ${title}`),
    props: [property("kind", kind)],
    ...(steps.length > 0
      ? {
          "associated-activities": steps.map((step) => ({
            "activity-uuid": activityId(id, step.id, seed),
            subjects: SUBJECTS,
          })),
        }
      : {}),
  };
}

function selection(controls: readonly string[]): object {
  if (controls.length === 0) return { description: "None: no step names a control." };
  return { "include-controls": [...new Set(controls)].sort().map((id) => ({ "control-id": id })) };
}
