import { type Day, dayOf } from "../../../src/core/index.ts";
import { type Html, NO_HOUSE, type Show } from "../../../src/portal/index.ts";

/** The element of that id, which the page always has. */
export const byId = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;

/** The reader's language as the server wrote it. */
export const show: Show = {
  language: document.documentElement.lang === "en" ? "en" : "zh",
  zone: "Asia/Shanghai",
  path: location.pathname,
  large: false,
  house: NO_HOUSE,
  laws: {},
};

/** Draws with the functions by which the server draws: what was typed is escaped by them. */
export function draw(into: HTMLElement, what: Html): void {
  into.innerHTML = what.text;
}

/** Today on this device. */
export function today(): Day {
  const now = new Date();
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
