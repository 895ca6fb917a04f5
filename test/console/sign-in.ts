import { expect, it } from "vitest";
import { account, frame, signIn } from "../../apps/console/src/words/frame.ts";
import { fromBase32, totpAt, totpStep } from "../../src/api/access/secrets.ts";
import type { Stage } from "./journeys.ts";
import { sayIn } from "./words.ts";

const PASSWORD = "five brown horses";

/** From the link that somebody new gets to the passkey with which he signs in: every way in, at a real browser. */
export function waysIn(lang: Stage["first"]["lang"], stage: () => Stage): void {
  const say = sayIn(lang);

  it("lets somebody set a password and a code, sign in with them, add a passkey, and sign in with that alone", async () => {
    const { world, first } = stage();
    const { page } = first;
    const wrong: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !/ status of 401 /.test(message.text())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(String(error)));
    // A passkey is of a name, never of an address; of a machine's own name a browser takes one without HTTPS too.
    const base = world.base.replace("127.0.0.1", "localhost");
    const { id, link } = await world.newcomer("operations");
    const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
    const field = (label: string) => page.getByLabel(label, { exact: true });
    const rail = page.getByRole("navigation", { name: say(frame.rail) });
    const menu = async (item: string): Promise<void> => {
      await page.locator("button.account").click();
      await page.getByRole("menuitem", { name: item, exact: true }).click();
    };

    await page.goto(link.replace(world.base, base));
    await press(say(signIn.go));
    await field(say(signIn.newPassword)).fill(PASSWORD);
    await press(say(signIn.savePassword));
    const key = fromBase32(await page.locator("code.key").innerText());
    const codeNow = (): string => totpAt(key, totpStep(world.io.now()));
    await field(say(signIn.code)).fill(codeNow());
    await press(say(signIn.confirmCode));
    await page.getByText(say(signIn.done)).waitFor();
    await press(say(signIn.toSignIn));

    const byPassword = async (password: string): Promise<void> => {
      await field(say(signIn.user)).fill(id);
      await field(say(signIn.password)).fill(password);
      await field(say(signIn.code)).fill(codeNow());
      await press(say(signIn.go));
    };
    // A code counts once, so the next one is another; a wrong password is told and lets nobody in.
    world.later(30_000);
    await byPassword(`${PASSWORD}?`);
    await page.getByRole("alert").waitFor();
    world.later(30_000);
    await byPassword(PASSWORD);
    await rail.waitFor();

    const device = await page.context().newCDPSession(page);
    await device.send("WebAuthn.enable");
    await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await menu(say(account.title));
    await field(say(account.name)).fill("laptop");
    await field(say(account.password)).fill(PASSWORD);
    await press(say(account.add));
    await page.getByText(say(account.added)).waitFor();
    await page.getByRole("listitem").filter({ hasText: "laptop" }).getByText(say(account.never)).waitFor();

    await menu(say(frame.signOut));
    await press(say(signIn.byPasskey));
    await rail.waitFor();
    const me = await (await page.request.get(`${base}/v1/me`)).json();
    expect(me).toMatchObject({ id, session: { how: "passkey" } });
    expect(wrong).toEqual([]);
  });
}
