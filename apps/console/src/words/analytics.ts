import { both } from "./both.ts";

export const analytics = {
  title: both("Analytics", "分析"),
  lead: both(
    (from: string, to: string) => `${from} to ${to}, from the figures that each close keeps`,
    (from: string, to: string) => `${from} 至 ${to}，取自每次日终的逐日汇总`,
  ),
  reports: {
    roll: both("Roll rates", "滚动率"),
    vintage: both("Vintages", "账龄曲线"),
    funnel: both("Funnel and cures", "漏斗与恢复"),
    contacts: both("Contacts", "触达"),
    recoveries: both("Recoveries and costs", "回收与成本"),
    promises: both("Promises", "承诺还款"),
    agencies: both("Agencies", "委外机构"),
    arms: both("Arms", "策略分组"),
    complaints: both("Complaints", "投诉"),
    ages: both("Ages of a day", "某日账龄"),
  },
  month: both("Month", "月份"),
  first: both("First day", "开始日期"),
  last: both("Last day", "结束日期"),
  day: both("Day", "日期"),
  product: both("Product", "产品"),
  allProducts: both("All products", "全部产品"),
  csv: both("CSV", "CSV"),
  csvOf: both(
    (name: string) => `${name}: as CSV`,
    (name: string) => `${name}：下载CSV`,
  ),
  chartOf: both(
    (name: string) => `Chart: ${name}. The table below has the same figures.`,
    (name: string) => `图表：${name}。下方表格为同一组数字。`,
  ),
  means: both("What the words mean", "口径说明"),
  none: both("Nothing was counted in these days", "该期间没有数据"),
  noneMore: both("Pick other days or another product above.", "可在上方选择其他期间或产品。"),
  open: both(
    (row: string, column: string, value: string) => `${row}, ${column}: ${value}, open its loans`,
    (row: string, column: string, value: string) => `${row}，${column}：${value}，查看贷款`,
  ),
  behind: both("The loans behind it", "对应贷款"),
  loan: both("Loan", "贷款"),
  on: both("Day", "日期"),
  amount: both("Sum", "金额"),
  noLoans: both("No loan on this page of the book", "本页没有贷款"),
  goOn: both("There may be more further on: show more.", "后续可能还有，请继续加载。"),
} as const;
