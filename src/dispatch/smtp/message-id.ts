/** `7-0.2026-03-06.message@example.com`: the action's key, so that answers and bounces name it. */
export const messageIdOf = (action: string, domain: string): string =>
  `${action.replaceAll("/", ".")}@${domain}`;

/** The action of one of our message ids. */
export function actionOf(messageId: string): string | undefined {
  const match = /^<?(\d+-\d+)\.(\d{4}-\d\d-\d\d)\.([a-z-]+(?:\.\d+)?(?:\+\d+)?)@/.exec(messageId.trim());
  return match ? `${match[1]}/${match[2]}/${match[3]!.replace(".", "/")}` : undefined;
}
