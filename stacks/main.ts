// SPDX-License-Identifier: Apache-2.0
import { App, type TerraformStack } from "cdktf";
import type { EnvironmentName } from "../modules";
import { ClinicalLandingZoneStack } from "./clinical-landing-zone-stack";
import { isEvidenceSettings, readEvidenceSettings } from "./evidence-settings";
import { EvidenceStack } from "./evidence-stack";
import { leaveOut } from "./leave-out";
import { OqChallengeStack } from "./oq-challenge-stack";
import { readSettings, type TargetName } from "./settings";

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(`part11:${name}`);
const environment = (context("environment") ?? "production") as EnvironmentName;
const file = context("settings");
const left: readonly string[] = app.node.tryGetContext("part11:leaveOut") ?? [];
const target = {
  name: (context("target") ?? "offline") as TargetName,
  endpoint: context("emulatorEndpoint"),
  signedCode: !left.includes("aws_lambda_code_signing_config"),
};

// A settings file is one stack's; the examples have one for each. Evidence has none in qualification, where all is disposable.
const ofEvidence = file === undefined ? environment !== "qualification" : isEvidenceSettings(file);
const stacks: TerraformStack[] = [];
if (file === undefined || !ofEvidence) {
  const settings = readSettings(environment, file);
  stacks.push(new ClinicalLandingZoneStack(app, "clinical-landing-zone", settings, target));
  if (environment === "qualification") stacks.push(new OqChallengeStack(app, "oq-challenge", settings, target));
}
if (ofEvidence) stacks.push(new EvidenceStack(app, "evidence", readEvidenceSettings(environment, file), target));
for (const stack of stacks) leaveOut(stack, left);
app.synth();
