export { calcPosition, calcSchedule } from "./calc.ts";
export { type Align, table, width } from "./io.ts";
