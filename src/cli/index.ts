export { calcPosition, calcSchedule } from "./calc.ts";
export { calcApr } from "./calc-apr.ts";
export { type Align, table, width } from "./io.ts";
