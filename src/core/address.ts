import type { Channel } from "./holds.ts";

/** The forms under which one address may be on file, the plainest first: carriers and lenders write numbers differently. */
export function addressForms(via: Channel, address: string): readonly string[] {
  const plain = address.normalize("NFKC").trim();
  if (via !== "text" && via !== "call") return [plain.toLowerCase()];
  const digits = plain.replace(/\D/g, "").replace(/^00/, "");
  const forms = [digits];
  if (/^861\d{10}$/.test(digits)) forms.push(digits.slice(2));
  if (/^1\d{10}$/.test(digits)) forms.push(`86${digits}`, digits.slice(1));
  if (/^\d{10}$/.test(digits)) forms.push(`1${digits}`);
  return forms;
}
