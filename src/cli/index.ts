export { calcPosition, calcSchedule } from "./calc.ts";
export { calcCourtFee, calcDelayInterest } from "./calc-legal.ts";
export { type Align, table, width } from "./io.ts";
