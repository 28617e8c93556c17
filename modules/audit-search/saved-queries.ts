// SPDX-License-Identifier: Apache-2.0

/** A saved question; `?` is filled in when it is run (Athena user guide, "Use parameterized queries"). */
export interface SavedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

const who = `coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS who`;

/** The three questions of an inspection: one object, one study, refused attempts. */
export function savedQueries(table: string): SavedQuery[] {
  return [
    {
      name: "object-history",
      description:
        "Who touched this object, when, from where. Parameters: bucket, key, first day, last day (yyyy/MM/dd).",
      sql: `SELECT eventtime, ${who}, eventname, sourceipaddress, errorcode, requestid FROM ${table} WHERE eventsource = 's3.amazonaws.com' AND json_extract_scalar(requestparameters, '$.bucketName') = ? AND json_extract_scalar(requestparameters, '$.key') = ? AND day BETWEEN ? AND ? ORDER BY eventtime`,
    },
    {
      name: "study-changes",
      description: "Every change below a study's prefix. Parameters: prefix with trailing %, first day, last day.",
      sql: `SELECT eventtime, ${who}, eventname, json_extract_scalar(requestparameters, '$.key') AS object, sourceipaddress, errorcode FROM ${table} WHERE eventsource = 's3.amazonaws.com' AND readonly = 'false' AND json_extract_scalar(requestparameters, '$.key') LIKE ? AND day BETWEEN ? AND ? ORDER BY eventtime`,
    },
    {
      name: "failed-accesses",
      description: "Refused calls, by whom and on what. Parameters: first day, last day.",
      sql: `SELECT eventtime, ${who}, eventsource, eventname, errorcode, requestparameters, sourceipaddress FROM ${table} WHERE errorcode IN ('AccessDenied', 'Client.UnauthorizedOperation', 'UnauthorizedOperation') AND day BETWEEN ? AND ? ORDER BY eventtime`,
    },
  ];
}
