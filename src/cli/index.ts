export { calcPosition } from "./calc.ts";
export { calcSchedule } from "./calc-terms.ts";
export { type Align, table, width } from "./io.ts";
