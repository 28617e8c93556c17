// SPDX-License-Identifier: Apache-2.0
import { GetCodeSigningConfigCommand } from "@aws-sdk/client-lambda";
import { GetSigningProfileCommand } from "@aws-sdk/client-signer";
import { lambdaTags, NO_FUNCTION } from "./lambda-function";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const signingProfile: LiveReader = {
  calls: ["signer:GetSigningProfile"],
  reads: [
    "name",
    "platform_id",
    "signature_validity_period.type",
    "signature_validity_period.value",
    "signing_material.certificate_arn",
    "tags",
    "tags_all",
  ],
  async read(resource, { signer }) {
    const profileName = identity(resource, "name");
    const found = await unless(signer.send(new GetSigningProfileCommand({ profileName })), "ResourceNotFoundException");
    // A profile is never deleted: one that may not sign any more is as good as none.
    if (found?.status !== "Active") return undefined;
    return {
      name: found.profileName,
      platform_id: found.platformId,
      signature_validity_period: {
        type: found.signatureValidityPeriod?.type,
        value: found.signatureValidityPeriod?.value,
      },
      signing_material: { certificate_arn: found.signingMaterial?.certificateArn },
      ...tagsOf(Object.entries(found.tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
    };
  },
};

const codeSigning: LiveReader = {
  calls: ["lambda:GetCodeSigningConfig", "lambda:ListTags"],
  reads: [
    "description",
    "allowed_publishers.signing_profile_version_arns",
    "policies.untrusted_artifact_on_deployment",
    "tags",
    "tags_all",
  ],
  async read(resource, { lambda }) {
    const command = new GetCodeSigningConfigCommand({ CodeSigningConfigArn: identity(resource, "arn") });
    const found = (await unless(lambda.send(command), NO_FUNCTION))?.CodeSigningConfig;
    if (!found) return undefined;
    return {
      description: found.Description,
      allowed_publishers: { signing_profile_version_arns: found.AllowedPublishers?.SigningProfileVersionArns },
      policies: { untrusted_artifact_on_deployment: found.CodeSigningPolicies?.UntrustedArtifactOnDeployment },
      ...(await lambdaTags(lambda, found.CodeSigningConfigArn)),
    };
  },
};

export const SIGNING_READERS = {
  aws_lambda_code_signing_config: codeSigning,
  aws_signer_signing_profile: signingProfile,
} as const;
