// SPDX-License-Identifier: Apache-2.0
import { code, prose } from "../gate/escape/markdown";
import type { Delivery, Vendor } from "./vendor";

/** Where the gateway is and how it proves that it is the one. */
export interface Gateway {
  readonly host: string;
  /** `SHA256:...` of the host key, as the plan's output tells it. */
  readonly hostKeyFingerprint: string;
}

/** What a vendor needs to send files, in Markdown: access, settings of the three clients, and what is expected. */
export function vendorGuide(vendor: Vendor, gateway: Gateway): string {
  const { id, name, cidrs, until, secretArn, studies } = vendor;
  const component =
    secretArn === undefined ? "the private key alone" : "the private key, then the password given to you apart";
  const folders = [...studies.map((study) => `/${study.id}`), "/test"];
  const sections = [
    `# Sending files: ${prose(name)}`,
    table([
      ["host", gateway.host],
      ["port", "22"],
      ["protocol", "SFTP"],
      ["host key", gateway.hostKeyFingerprint],
      ["user name", id],
      ["log in with", component],
      ["from these networks", cidrs.join(", ")],
      ["last day", until],
      ["folders", folders.join(", ")],
    ]),
    "Compare the host key at the first connection, letter by letter. If another one is shown, do not connect, and call us.",
    RULES,
    openssh(id, gateway, studies[0]!.id),
    winscp(id, gateway),
    filezilla(id, gateway),
    expectedFiles(
      studies.flatMap((study) => (study.deliveries ?? []).map((delivery) => [study.id, delivery] as const)),
    ),
    LOST_KEY,
  ];
  return `${sections.join("\n\n")}\n`;
}

const RULES = `## What the gateway does with your client

- You can upload and list your folders. Reading, deleting and renaming are refused.
- A temporary name that is renamed after the upload (\`.filepart\`, \`.part\`, \`.tmp\`) does not work: the renaming is refused, and a
  file of such a name is never taken. Upload under the last name.
- Your folders are there. Making others is refused.
- Time stamps and permissions that a client sets are accepted and ignored.
- A broken upload is not a file: send it again, whole. Do not resume.
- The same name again is a new version. The earlier one stays, marked as superseded.
- \`/test\` is for trying things out. Nothing in it becomes a record. A file there has at most 100 MB, unless another limit was
  agreed on; your contact is told of a larger one.`;

const LOST_KEY = `## If the private key is lost or copied

Call us at once, also at night: we refuse every login with it. Then make a new key and send us its public half.`;

function openssh(id: string, { host }: Gateway, study: string): string {
  return `## OpenSSH

\`\`\`text
ssh-keygen -t ed25519 -f ${id}_key
sftp -i ${id}_key -o IdentitiesOnly=yes ${id}@${host}
sftp> cd /${study}
sftp> put FILE
\`\`\`

Without \`-p\`, without \`reput\` and without \`put -a\`. In a batch: \`sftp -b commands.txt\`, and take exit code 0 alone for a success.`;
}

function winscp(id: string, { host }: Gateway): string {
  return `## WinSCP

| where | setting |
|---|---|
| Login | File protocol SFTP, host ${code(host)}, port 22, user name ${code(id)}, no password |
| Advanced, SSH, Authentication | Private key file; WinSCP offers to convert an OpenSSH key |
| Advanced, Environment, SFTP | nothing to change |
| Preferences, Transfer, Endurance | Enable transfer resume/transfer to temporary filename for: **Disable** |
| Preferences, Transfer, edit the preset, Upload options | Preserve timestamp: **off**; Set permissions: **off**; Ignore permission errors: on |

In a script: \`put -resumesupport=off -nopreservetime -nopermissions FILE /STUDY/\``;
}

function filezilla(id: string, { host }: Gateway): string {
  return `## FileZilla

| where | setting |
|---|---|
| Site Manager, General | Protocol SFTP, host ${code(host)}, port 22, Logon Type **Key file**, user ${code(id)} |
| Transfer menu | Preserve timestamps of transferred files: **off** |
| Settings, Transfers, File exists action, Uploads | **Overwrite**, never Resume |

FileZilla uploads under the last name. Do not rename afterwards.`;
}

function expectedFiles(deliveries: readonly (readonly [string, Delivery])[]): string {
  if (deliveries.length === 0) return "## What we expect\n\nNot agreed yet.";
  const rows = deliveries.map(([study, delivery]) => {
    const { files, sizeBytes, manifest, sha256File } = delivery;
    const sides = [
      ...(sha256File === "none" ? [] : [`FILE.sha256 ${sha256File}`]),
      ...(manifest === "none" ? [] : [`SHA256SUMS ${manifest}`]),
    ];
    const size = `${sizeBytes.min} to ${sizeBytes.max}`;
    return `| ${code(`/${study}/${files}`)} | ${dueText(delivery)} | ${size} | ${sides.join(", ") || "none"} |`;
  });
  return [
    "## What we expect",
    "",
    "Times are UTC. `*` is any text, `?` one character, `{date}` eight digits.",
    "",
    "| file | due | bytes | beside it |",
    "|---|---|---|---|",
    ...rows,
    "",
    "A `.sha256` file or `SHA256SUMS` is what `sha256sum` writes. Send it before or after the file, within the window.",
  ].join("\n");
}

function dueText({ cadence, window, from }: Delivery): string {
  const { every, at } = cadence;
  const days = { day: "every day", week: "every", month: "every month on day", once: `once, on ${from}` }[every];
  const on = "on" in cadence ? ` ${cadence.on}` : "";
  return `${days}${on} at ${at}, from ${window.hoursBefore} hours before to ${window.hoursAfter} hours after`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${code(value)} |`)].join("\n");
}
