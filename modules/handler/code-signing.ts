// SPDX-License-Identifier: Apache-2.0
import { LambdaCodeSigningConfig } from "@cdktf/provider-aws/lib/lambda-code-signing-config";
import { SignerSigningProfile } from "@cdktf/provider-aws/lib/signer-signing-profile";
import { Construct } from "constructs";

export interface CodeSigningProps {
  /** Literal name of the signing profile: 2-64 letters, digits, underscores. */
  readonly profileName: string;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/**
 * Who may sign the code of this zone's functions: one profile, and a configuration that refuses everything else
 * (21 CFR 11.10(a)).
 * @see AWS Lambda developer guide, "Using code signing to verify code integrity with Lambda"
 */
export class CodeSigning extends Construct {
  /** Token: known after apply. */
  readonly configArn: string;

  constructor(scope: Construct, id: string, props: CodeSigningProps) {
    super(scope, id);
    const profile = new SignerSigningProfile(this, "Profile", {
      platformId: "AWSLambda-SHA384-ECDSA",
      name: props.profileName,
      tags: props.tags,
    });
    const config = new LambdaCodeSigningConfig(this, "Config", {
      description: "Code of the functions that handle clinical records",
      allowedPublishers: { signingProfileVersionArns: [profile.versionArn] },
      policies: { untrustedArtifactOnDeployment: "Enforce" },
      tags: props.tags,
    });
    this.configArn = config.arn;
  }
}
