import { REQUEST_PAGES } from "./ask.ts";
import { DEVICE_PAGES, DOOR_PAGES } from "./door.ts";
import { GENERAL_PAGES } from "./open-pages.ts";
import { MY_PAGES } from "./own-pages.ts";
import { RIGHTS_PAGES } from "./rights.ts";
import type { OpenPage, OwnPage } from "./visit.ts";

/** Pages for anybody. */
export const OPEN_PAGES: readonly OpenPage[] = [...GENERAL_PAGES, ...DOOR_PAGES];

/** Pages of a borrower about himself. */
export const OWN_PAGES: readonly OwnPage[] = [
  ...MY_PAGES,
  ...RIGHTS_PAGES,
  ...REQUEST_PAGES,
  ...DEVICE_PAGES,
];
