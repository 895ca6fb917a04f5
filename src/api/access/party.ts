/** A law firm's people are named `hengxin` (a clerk) or `hengxin:wang` (the lawyer wang of that firm). */
export const firmOf = (party: string | null): string | undefined => party?.split(":", 1)[0];
export const lawyerOf = (party: string | null): string | undefined => party?.split(":")[1];
