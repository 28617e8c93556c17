// SPDX-License-Identifier: Apache-2.0

/**
 * The facts document: what the policies see of a plan, and all they see. Built once by `readFacts`; the contract is
 * `validation/schema/facts.schema.json`. Addresses are Terraform's (`module.a.aws_s3_bucket.raw["x"]`).
 */
export interface Facts {
  readonly schemaVersion: 1;
  readonly meta: PlanMeta;
  readonly settings: GateSettings;
  /** Every entry of resource_changes, deposed objects under `<address> (deposed <key>)`. */
  readonly resources: Readonly<Record<string, ResourceFacts>>;
  /** Addresses by resource type, managed only, sorted. */
  readonly byType: Readonly<Record<string, readonly string[]>>;
  /** Who refers to me: target address -> referring type -> referring addresses. */
  readonly links: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Every policy-bearing attribute: where its text came from, and which statements it holds. */
  readonly policies: readonly PolicyFacts[];
  readonly statements: readonly Statement[];
  /** Indexes into `policies`: by what a resource, trust, session or endpoint policy governs (bucket, key, role for trust). */
  readonly policiesOn: Readonly<Record<string, readonly number[]>>;
  /** Indexes into `policies`: by the role, user or group that an identity or boundary policy is attached to. */
  readonly policiesOf: Readonly<Record<string, readonly number[]>>;
  /** By provider config key (`aws`, `aws.replica`, `module.x:aws`). */
  readonly providers: Readonly<Record<string, ProviderFacts>>;
  /** By module path (`module.a`): source and version as configured. */
  readonly modules: Readonly<Record<string, { readonly source: string | null; readonly version: string | null }>>;
  /** What planning or applying runs or asks beside AWS, module instances not told apart: provisioners, `external`, `http`, actions. */
  readonly programs: readonly {
    readonly address: string;
    readonly kind: "provisioner" | "data" | "ephemeral" | "action";
    readonly name: string;
    /** SHA-256 over what the configuration says of it, hex: one command told from another. */
    readonly digest: string;
  }[];
  /** By address. */
  readonly drift: readonly DriftFacts[];
  /** Absent = none given. */
  readonly waivers?: WaiverFacts;
}

/** What was changed or deleted outside of Terraform (`resource_drift`). */
export interface DriftFacts {
  readonly address: string;
  readonly type: string;
  /** What happened to it, as `["update"]` or `["delete"]`. */
  readonly actions: readonly string[];
  /** Top-level attributes that the plan does not keep as they were found; null = not told. */
  readonly undone: readonly string[] | null;
}

export interface PlanMeta {
  readonly formatVersion: string | null;
  readonly terraformVersion: string | null;
  readonly complete: boolean | null;
  readonly errored: boolean | null;
  readonly applyable: boolean | null;
  /** Read from the provider blocks: skips plus no endpoints or loopback = offline or emulator; null = not understood. */
  readonly target: "offline" | "emulator" | "aws" | null;
  /** SHA-256, hex; null = not given. */
  readonly digests: {
    readonly plan: string;
    readonly synth: string | null;
    readonly lock: string | null;
    readonly policy: string | null;
    readonly settings: string | null;
  };
  /** Provider source -> what the lock file says; null = no lock file given. */
  readonly lock: Readonly<Record<string, { readonly version: string; readonly hashes: number }>> | null;
  /** Terraform, OPA and part11 versions that made and judged the plan. */
  readonly tools: Readonly<Record<string, string>>;
}

export type Segment = string | number;

export interface ResourceFacts {
  readonly type: string;
  readonly name: string;
  readonly mode: "managed" | "data";
  /** Module path without instance keys of the resource itself; "" for the root. */
  readonly module: string;
  /** count index or for_each key; null for neither. */
  readonly index: string | number | null;
  readonly provider: string;
  /** The resource's own `region` argument, else its provider's; null = not known. */
  readonly region: string | null;
  readonly actions: readonly string[];
  readonly previousAddress: string | null;
  readonly importing: boolean;
  readonly deposed: string | null;
  /** `after`, only attributes that some control lists. Blocks are arrays, as in plan JSON. */
  readonly values: Readonly<Record<string, unknown>>;
  /** `before` of the same attributes; null when created. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Not to be seen: configured and not known until apply, or sensitive. A `true` leaf of after_unknown that nobody configured is NOT here. */
  readonly unknown: readonly (readonly Segment[])[];
  /** Dotted attribute paths without indexes that the configuration (or synth) sets: `rule.default_retention.mode`. */
  readonly configured: readonly string[];
  /** Those of `unknown` whose value the plan holds, marked sensitive; `values` leaves them out. */
  readonly sensitive: readonly (readonly Segment[])[];
  /**
   * Dotted attribute path without indexes -> what it refers to, sorted by address: by `${…}` through module inputs,
   * outputs and locals, and by a literal name or ARN of a resource of the plan. An alias brings its key along.
   */
  readonly refs: Readonly<Record<string, readonly Reference[]>>;
  /** cdktf construct path (`//.metadata.path`); null without synth. */
  readonly construct: string | null;
  /** From synth only; null = not known: no synth, or a resource of a child module, which no synth shows. */
  readonly lifecycle: { readonly preventDestroy: boolean; readonly ignoreChanges: readonly string[] } | null;
  /** Provisioner types (`local-exec`). */
  readonly provisioners: readonly string[];
  /**
   * Attribute -> its text in the synth, `${…}` left in place, where the plan does not know the value but the text says
   * more than one reference. Root module only, as every synth.
   */
  readonly templates: Readonly<Record<string, string>>;
  /**
   * SHA-256 over what the configuration sets and refers to, sensitive values left out, hex: of a resource of whose type
   * no control lists an attribute, or that is refused for its type alone. It tells one such resource from another.
   */
  readonly digest?: string;
}

export interface Reference {
  readonly address: string;
  /** The attribute referred to (`arn`, `id`); null = the whole object. */
  readonly attribute: string | null;
  /** True when plan JSON dropped an instance key and several instances could be meant. */
  readonly ambiguous: boolean;
}

export type PolicyUse = "identity" | "boundary" | "trust" | "resource" | "session" | "endpoint";

export interface PolicyFacts {
  /** The resource that carries the text, and the attribute. */
  readonly address: string;
  readonly attribute: string;
  readonly use: PolicyUse;
  /**
   * What it governs (resource, trust; session and endpoint policies the resource that carries them) or whom it is
   * attached to (identity, boundary); empty = could not be resolved, or attached to nobody.
   */
  readonly subjects: readonly string[];
  /** plan = known value; document = aws_iam_policy_document; synth = text of cdk.tf.json; aws-managed = by ARN only; unknown = text not to be had. */
  readonly origin: "plan" | "document" | "synth" | "aws-managed" | "unknown";
  /** ARN for aws-managed. */
  readonly arn: string | null;
  /** Indexes into `statements`. */
  readonly statements: readonly number[];
}

/** One normalised IAM statement: strings made arrays, one action or not, sorted. */
export interface Statement {
  readonly policy: number;
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  /** `{type: "AWS"|"Service"|"Federated"|"*"|"CanonicalUser", value}`; `*` and {"AWS":"*"} both give {type:"*", value:"*"}. */
  readonly principals: readonly { readonly type: string; readonly value: string }[];
  readonly notPrincipals: readonly { readonly type: string; readonly value: string }[];
  /** Lower-case. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** As written; references stay `${aws_kms_key.raw.arn}`. */
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Addresses of resources named in resources and principals, by `${…}` or by literal ARN; `bucket/*` names the bucket. */
  readonly refs: readonly string[];
  /** Operator (with IfExists, ForAnyValue: kept), condition key lower-case, values as strings. */
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
  /** True when some part (resources of a deferred aws_iam_policy_document) is not known. */
  readonly partial: boolean;
}

export interface ProviderFacts {
  readonly name: string;
  readonly source: string;
  readonly alias: string | null;
  readonly version: string | null;
  readonly region: string | null;
  readonly endpoints: Readonly<Record<string, string>>;
  /** skip_* arguments that are true. */
  readonly skips: readonly string[];
  readonly allowedAccountIds: readonly string[];
  readonly defaultTags: Readonly<Record<string, string>> | null;
  /** Roles that the provider assumes, as far as they are constants. */
  readonly assumedRoleArns: readonly string[];
  /** Arguments that are none of those a reviewer knows: they may decide where it goes, or as whom. */
  readonly others: readonly string[];
  /** Arguments that decide where it goes, or as whom, and whose value is not known: `endpoints.s3`, `assume_role.role_arn`. */
  readonly unclear: readonly string[];
}

/** What the gate is told beside the plan: `--environment` and `--settings part11.yaml` over built-in defaults. */
export interface GateSettings {
  readonly environment: "production" | "qualification" | "development";
  /** Record class -> minimum retention in years. */
  readonly recordClasses: Readonly<Record<string, { readonly minimumYears: number }>>;
  /** Class assumed where a record bucket names none. */
  readonly defaultRecordClass: string;
  /** Minimum lock of an inbox bucket in production, days. */
  readonly inboxMinimumDays: number;
  /** Empty = every region. */
  readonly allowedRegions: readonly string[];
  /** Exact ARNs. A deploy role is never a runtime principal. */
  readonly deployRoleArns: readonly string[];
  /** Networks that may reach a transfer server, as CIDRs; empty = nobody may. */
  readonly sftpCidrs: readonly string[];
  /** Folders "vendor/study" of which everything is unblinded; null where the settings do not say. */
  readonly unblinded: readonly string[] | null;
  /** Exact ARNs of roles outside the plan that look at files in the inbox before they are promoted, unblinded ones included. */
  readonly scannerRoleArns: readonly string[];
  /** Mapping of buckets by address or name; `*` matches within it. First match wins. */
  readonly buckets: readonly {
    readonly address?: string;
    readonly name?: string;
    readonly role: BucketRole;
    readonly recordClass?: string;
  }[];
}

/** Waivers and attestations that the gate was given. */
export interface WaiverFacts {
  /** Name of the file, without folders. */
  readonly file: string;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
  /** UTC day for which the plan is judged, YYYY-MM-DD. */
  readonly asOf: string;
  readonly entries: readonly (Waiver | Attestation)[];
}

interface WaiverTarget {
  /** Line of the file on which the entry begins. */
  readonly line: number;
  readonly control: string;
  readonly address: string;
  readonly attribute: string;
  /** `valueDigest` of the finding: what was judged. */
  readonly valueDigest: string;
  /** Last UTC day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
}

/** A failure that somebody accepts. */
export interface Waiver extends WaiverTarget {
  readonly kind: "waiver";
  /** What was found and accepted. */
  readonly actual: string;
  /** SHA-256 of the UTF-8 bytes of the finding's expected value, hex. */
  readonly digest: string;
  readonly reason: string;
  readonly author: string;
  readonly approver: string;
  readonly ticket: string;
  /** UTC day, YYYY-MM-DD. */
  readonly granted: string;
}

/** A value that the plan does not show and somebody saw elsewhere. */
export interface Attestation extends WaiverTarget {
  readonly kind: "attestation";
  readonly by: string;
  /** UTC day on which the evidence was seen, YYYY-MM-DD. */
  readonly at: string;
  /** Where the evidence is kept. */
  readonly evidence: string;
  /** SHA-256 of the evidence, hex. */
  readonly digest: string;
}

export type BucketRole = "record" | "audit" | "replica" | "inbox" | "access-log" | "results" | "evidence" | "other";
