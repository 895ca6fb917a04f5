export { type Align, table, width } from "../office/io.ts";
export { calcApr } from "./calc-apr.ts";
export { calcGate } from "./calc-gate.ts";
export { calcCourtFee, calcDebts, calcDelayInterest } from "./calc-legal.ts";
export { calcLimitation } from "./calc-limitation.ts";
export { calcPosition } from "./calc-position.ts";
export { calcSchedule } from "./calc-terms.ts";
