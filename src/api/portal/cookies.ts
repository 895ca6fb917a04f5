/** Cookies of the borrower's pages: apart from those of staff, so that neither is taken for the other. */
export interface CookieNames {
  readonly session: string;
  readonly device: string;
}

export const cookieNames = (secure: boolean): CookieNames =>
  secure
    ? { session: "__Host-arrears-borrower", device: "__Host-arrears-device" }
    : { session: "arrears-borrower", device: "arrears-device" };

export const LOOK_COOKIE = "arrears-look";

export const setCookie = (secure: boolean, name: string, value: string, ms: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(ms / 1000)}${secure ? "; Secure" : ""}`;
