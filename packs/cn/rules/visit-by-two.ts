import { askPerson, rule } from "../../../src/policy/index.ts";

/** Read in one copy only, so it asks a person; who will go is nothing the gate can know anyway. */
export const visitByTwo = rule({
  id: "cn/visit-by-two",
  says: {
    en: "A visit is made by at least two collectors; a person sees to it (source not verified).",
    zh: "外访催收应由不少于两名催收人员共同实施，由人工落实（来源未核实）。",
  },
  cite: {
    law: "cn/cba-collection-guide-2026",
    at: "article 22",
    quote: "外访催收应安排不少于两名催收人员共同实施",
  },
  layer: "industry",
  force: "self-regulation",
  verification: "unverified",
  from: "2026-01-30",
  governs: ["visit"],
  needs: [],
  params: ["contact.visit-staff"],
  check: ({ param }) => {
    const staff = param<number>("contact.visit-staff");
    return askPerson({
      en: `A visit needs at least ${staff} collectors and a person who decides it.`,
      zh: `外访须不少于${staff}名催收人员，并由人工决定。`,
    });
  },
});
