// SPDX-License-Identifier: Apache-2.0
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { LoginSettings } from "./decision";
import { itemsOfVendor } from "./directory-table";
import { type LoginAnswer, type LoginPorts, logIn } from "./log-in";

/** Who waits is a person at a client; Transfer gives up after ten seconds or so. */
const IMPATIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 2500 } };

const directory = new DynamoDBClient(IMPATIENT);
const secrets = new SecretsManagerClient(IMPATIENT);

const ports: LoginPorts = {
  itemsOf: (vendor) => itemsOfVendor(directory, variable("VENDORS_TABLE"), vendor),
  secret: async (arn) => (await secrets.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString,
  now: () => new Date(),
  // One line of JSON as it is: console.log would put it into a line of its own.
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** Answers Transfer's question whether somebody may log in. */
export async function handler(event: unknown): Promise<LoginAnswer> {
  return logIn(event, loginSettings(), ports);
}

function loginSettings(): LoginSettings {
  const methods = variable("AUTHENTICATION_METHODS");
  if (methods !== "PUBLIC_KEY" && methods !== "PUBLIC_KEY_AND_PASSWORD") {
    throw new Error("AUTHENTICATION_METHODS is neither PUBLIC_KEY nor PUBLIC_KEY_AND_PASSWORD");
  }
  return {
    methods,
    bucketArn: variable("INBOX_ARN"),
    keyArn: variable("KEYS_ARN"),
    roleArnPrefix: variable("VENDOR_ROLE_PREFIX"),
    region: variable("AWS_REGION"),
  };
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
