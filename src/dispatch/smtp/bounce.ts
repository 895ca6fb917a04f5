import type { DeliveryStatus, Instant } from "../../core/index.ts";
import type { Inbound } from "../inbound.ts";
import { actionOf } from "./message-id.ts";

const ACTIONS: Readonly<Record<string, DeliveryStatus>> = {
  failed: "bounced",
  delayed: "accepted",
  delivered: "delivered",
  relayed: "accepted",
  expanded: "accepted",
};

/** Reads a delivery status notification (RFC 3464); nothing where it is none, or names no message of ours and no address. */
export function bounceOf(raw: string, channel: string, now: Instant): Inbound | undefined {
  // Folded header lines are one line.
  const text = raw.replace(/\r\n/g, "\n").replace(/\n[ \t]+/g, " ");
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:\\s*(.+)$`, "im").exec(text)?.[1]?.trim();
  const status = ACTIONS[field("Action")?.toLowerCase() ?? ""];
  if (!status) return undefined;
  const address = field("Final-Recipient")?.split(";").at(-1)?.trim();
  const ours = [...text.matchAll(/^(?:Message-ID|Original-Envelope-ID|In-Reply-To):\s*(\S+)/gim)]
    .map(([, id]) => actionOf(id!))
    .find((action) => action !== undefined);
  if (ours === undefined && address === undefined) return undefined;
  const code = field("Status") ?? "";
  const reason = [code, field("Diagnostic-Code")].filter(Boolean).join(" ").slice(0, 200);
  return {
    kind: "delivery",
    id: `dsn/${ours ?? address}/${status}/${code}`,
    channel,
    via: "email",
    at: now,
    ...(ours === undefined ? {} : { action: ours }),
    ...(address === undefined ? {} : { address }),
    status,
    ...(reason ? { reason } : {}),
  };
}
