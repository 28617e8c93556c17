// SPDX-License-Identifier: Apache-2.0
import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import type { Metric } from "../metric";
import type { RecordBucketBase } from "../record-bucket";
import type { RuntimeRoleProps } from "../runtime-role";
import type { SystemIdentity } from "../tags";
import type { AuthenticationMethods } from "./identity-provider/decision";

/** What a gateway tells the provider that decides about its logins. */
export interface GatewayContext {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer keys (the deploy role). */
  readonly administratorArns: readonly string[];
  /** Permissions boundary of the function's role. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
  /** Bucket that sessions upload to. */
  readonly inbox: RecordBucketBase;
  /** ARN pattern of the keys of this account and region, all that a session policy can name before apply. */
  readonly keysArn: string;
  /** ARN of a vendor's role without the vendor's id. */
  readonly vendorRoleArnPrefix: string;
}

/** The function that a server asks at every login. */
export interface LoginFunction {
  /** The aws_lambda_function, which the server calls. */
  readonly function: LambdaFunction;
  /** Its log, one line of JSON a login: `{"event": "login", "decision": "allowed" | "denied" | "error"}`. */
  readonly logGroup: CloudwatchLogGroup;
  /** Literal name of the log group. */
  readonly logGroupName: string;
  /** Runs that ended in an error: logins that could not be decided. */
  metricErrors(): Metric;
}

/** Who decides whether somebody may log in. */
export interface IdentityProvider {
  /** What the server asks a user for; a password alone is not among them. */
  readonly methods: AuthenticationMethods;
  /** Makes the function below `scope`. */
  bind(scope: Construct, context: GatewayContext): LoginFunction;
}
