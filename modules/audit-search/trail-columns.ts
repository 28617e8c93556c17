// SPDX-License-Identifier: Apache-2.0

/** Fields of a CloudTrail record that questions are asked of (CloudTrail user guide, "CloudTrail record contents"). */
export const trailColumns = [
  ["eventtime", "string"],
  ["eventsource", "string"],
  ["eventname", "string"],
  ["awsregion", "string"],
  ["sourceipaddress", "string"],
  ["useragent", "string"],
  ["errorcode", "string"],
  ["errormessage", "string"],
  ["requestparameters", "string"],
  ["responseelements", "string"],
  ["additionaleventdata", "string"],
  ["requestid", "string"],
  ["eventid", "string"],
  ["readonly", "string"],
  ["eventtype", "string"],
  ["eventcategory", "string"],
  ["recipientaccountid", "string"],
  ["resources", "array<struct<arn:string,accountid:string,type:string>>"],
  [
    "useridentity",
    "struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>>>",
  ],
].map(([name, type]) => ({ name: name!, type: type! }));
