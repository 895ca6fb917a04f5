import { describe, expect, it } from "vitest";
import {
  decimalsOf,
  formatDay,
  formatMoney,
  type Minor,
  type RoundingMode,
  schedule,
} from "../../src/core/index.ts";
import { type Given, terms, totals } from "../support/terms.ts";

/** One schedule that somebody else published, and the terms that give it here. */
interface Published extends Given {
  readonly name: string;
  readonly source: string;
  /** Rows `dueOn principal interest` or `principal interest`: all of them, or some with their number before, `60: …`. */
  readonly rows: string;
}

const PUBLISHED: readonly Published[] = [
  {
    name: "flat, installments in whole units, the last one smaller",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS01",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "flat",
    interest: "period",
    multiple: "1.00",
    rows: `
      2022-12-01 278.00 50.00
      2023-01-01 278.00 50.00
      2023-02-01 278.00 50.00
      2023-03-01 278.00 50.00
      2023-04-01 278.00 50.00
      2023-05-01 278.00 50.00
      2023-06-01 278.00 50.00
      2023-07-01 278.00 50.00
      2023-08-01 278.00 50.00
      2023-09-01 278.00 50.00
      2023-10-01 278.00 50.00
      2023-11-01 278.00 50.00
      2023-12-01 278.00 50.00
      2024-01-01 278.00 50.00
      2024-02-01 278.00 50.00
      2024-03-01 278.00 50.00
      2024-04-01 278.00 50.00
      2024-05-01 274.00 50.00
    `,
  },
  {
    name: "equal installments in whole units, interest of whole months",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS02",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "equal-installment",
    interest: "period",
    multiple: "1.00",
    rows: `
      2022-12-01 255.00 50.00
      2023-01-01 257.55 47.45
      2023-02-01 260.13 44.87
      2023-03-01 262.73 42.27
      2023-04-01 265.35 39.65
      2023-05-01 268.01 36.99
      2023-06-01 270.69 34.31
      2023-07-01 273.39 31.61
      2023-08-01 276.13 28.87
      2023-09-01 278.89 26.11
      2023-10-01 281.68 23.32
      2023-11-01 284.50 20.50
      2023-12-01 287.34 17.66
      2024-01-01 290.21 14.79
      2024-02-01 293.12 11.88
      2024-03-01 296.05 8.95
      2024-04-01 299.01 5.99
      2024-05-01 300.22 3.00
    `,
  },
  {
    name: "equal installments in whole units, interest by days of 365",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS03",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "equal-installment",
    interest: "daily",
    dayCount: "ACT/365",
    multiple: "1.00",
    rows: `
      2022-12-01 255.68 49.32
      2023-01-01 256.65 48.35
      2023-02-01 259.26 45.74
      2023-03-01 266.08 38.92
      2023-04-01 264.62 40.38
      2023-05-01 268.53 36.47
      2023-06-01 270.05 34.95
      2023-07-01 273.84 31.16
      2023-08-01 275.59 29.41
      2023-09-01 278.40 26.60
      2023-10-01 282.01 22.99
      2023-11-01 284.11 20.89
      2023-12-01 287.59 17.41
      2024-01-01 289.94 15.06
      2024-02-01 292.90 12.10
      2024-03-01 296.47 8.53
      2024-04-01 298.90 6.10
      2024-05-01 299.38 2.95
    `,
  },
  {
    name: "equal principal, interest of whole months",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS04",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "equal-principal",
    interest: "period",
    rows: `
      2022-12-01 277.78 50.00
      2023-01-01 277.78 47.22
      2023-02-01 277.78 44.44
      2023-03-01 277.78 41.67
      2023-04-01 277.78 38.89
      2023-05-01 277.78 36.11
      2023-06-01 277.78 33.33
      2023-07-01 277.78 30.56
      2023-08-01 277.78 27.78
      2023-09-01 277.78 25.00
      2023-10-01 277.78 22.22
      2023-11-01 277.78 19.44
      2023-12-01 277.78 16.67
      2024-01-01 277.78 13.89
      2024-02-01 277.78 11.11
      2024-03-01 277.78 8.33
      2024-04-01 277.78 5.56
      2024-05-01 277.74 2.78
    `,
  },
  {
    name: "three months of grace on principal",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS05",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "equal-installment",
    interest: "period",
    multiple: "1.00",
    graceOnPrincipal: 3,
    rows: `
      2022-12-01 0.00 50.00
      2023-01-01 0.00 50.00
      2023-02-01 0.00 50.00
      2023-03-01 311.00 50.00
      2023-04-01 314.11 46.89
      2023-05-01 317.25 43.75
      2023-06-01 320.42 40.58
      2023-07-01 323.63 37.37
      2023-08-01 326.86 34.14
      2023-09-01 330.13 30.87
      2023-10-01 333.43 27.57
      2023-11-01 336.77 24.23
      2023-12-01 340.14 20.86
      2024-01-01 343.54 17.46
      2024-02-01 346.97 14.03
      2024-03-01 350.44 10.56
      2024-04-01 353.95 7.05
      2024-05-01 351.36 3.51
    `,
  },
  {
    name: "six months of grace on principal, three on interest",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanRepayment.feature, RS07",
    principal: "5000.00",
    percent: "12",
    per: "year",
    disbursedOn: "2022-11-01",
    installments: 18,
    mode: "half-even",
    method: "equal-installment",
    interest: "period",
    multiple: "1.00",
    graceOnPrincipal: 6,
    graceOnInterest: 3,
    rows: `
      2022-12-01 0.00 0.00
      2023-01-01 0.00 0.00
      2023-02-01 0.00 0.00
      2023-03-01 0.00 200.00
      2023-04-01 0.00 50.00
      2023-05-01 0.00 50.00
      2023-06-01 394.00 50.00
      2023-07-01 397.94 46.06
      2023-08-01 401.92 42.08
      2023-09-01 405.94 38.06
      2023-10-01 410.00 34.00
      2023-11-01 414.10 29.90
      2023-12-01 418.24 25.76
      2024-01-01 422.42 21.58
      2024-02-01 426.65 17.35
      2024-03-01 430.91 13.09
      2024-04-01 435.22 8.78
      2024-05-01 442.66 4.43
    `,
  },
  {
    name: "30/360, 12 %, level move refused because it would not help",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3154",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "12",
    disbursedOn: "2024-01-01",
    installments: 6,
    dayCount: "30/360",
    rows: `
      16.25 1.00
      16.41 0.84
      16.58 0.67
      16.74 0.51
      16.91 0.34
      17.11 0.17
    `,
  },
  {
    name: "30/360, a rate of four decimals",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3155",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "9.4822",
    disbursedOn: "2024-01-01",
    installments: 6,
    dayCount: "30/360",
    rows: `
      16.34 0.79
      16.47 0.66
      16.60 0.53
      16.73 0.40
      16.86 0.27
      17.00 0.13
    `,
  },
  {
    name: "30/360, five installments",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3165",
    principal: "75.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "12.3",
    disbursedOn: "2024-01-01",
    installments: 5,
    dayCount: "30/360",
    rows: `
      14.70 0.77
      14.85 0.62
      15.00 0.47
      15.16 0.31
      15.29 0.16
    `,
  },
  {
    name: "30/360, every two months",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3157",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "12",
    disbursedOn: "2024-01-01",
    installments: 3,
    every: { months: 2 },
    dayCount: "30/360",
    rows: `
      2024-03-01 32.68 2.00
      2024-05-01 33.33 1.35
      2024-07-01 33.99 0.68
    `,
  },
  {
    name: "every two weeks, actual days of 360",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3158",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "9.4822",
    disbursedOn: "2024-01-01",
    installments: 6,
    every: { weeks: 2 },
    dayCount: "ACT/360",
    rows: `
      2024-01-15 16.51 0.37
      2024-01-29 16.57 0.31
      2024-02-12 16.63 0.25
      2024-02-26 16.69 0.19
      2024-03-11 16.76 0.12
      2024-03-25 16.84 0.06
    `,
  },
  {
    name: "actual days of 365 in a leap year",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/EMICalculation-Part1.feature, C3159",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "12",
    disbursedOn: "2024-01-01",
    installments: 6,
    dayCount: "ACT/365",
    rows: `
      16.23 1.02
      16.45 0.80
      16.56 0.69
      16.75 0.50
      16.90 0.35
      17.11 0.17
    `,
  },
  {
    name: "actual days of 365, a level move that is not kept",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testEMICalculation_CheckEmiButNewEmiNotBetterThanOriginal",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "15.678",
    disbursedOn: "2024-01-01",
    installments: 6,
    dayCount: "ACT/365",
    rows: `
      16.10 1.33
      16.38 1.05
      16.53 0.90
      16.77 0.66
      16.97 0.46
      17.25 0.22
    `,
  },
  {
    name: "every week, actual days of 364",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testEMICalculation_disbursedAmt100_dayInYears364_daysInMonthActual_repayEvery1Week",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "9.4822",
    disbursedOn: "2024-01-01",
    installments: 6,
    every: { weeks: 1 },
    dayCount: "ACT/364",
    rows: `
      2024-01-08 16.59 0.18
      2024-01-15 16.62 0.15
      2024-01-22 16.65 0.12
      2024-01-29 16.68 0.09
      2024-02-05 16.71 0.06
      2024-02-12 16.75 0.03
    `,
  },
  {
    name: "every two weeks, actual days of 364",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testEMICalculation_disbursedAmt100_dayInYears364_daysInMonthActual_repayEvery2Week",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "9.4822",
    disbursedOn: "2024-01-01",
    installments: 3,
    every: { weeks: 2 },
    dayCount: "ACT/364",
    rows: `
      33.21 0.36
      33.33 0.24
      33.46 0.12
    `,
  },
  {
    name: "every fifteen days, actual days of 360",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testEMICalculation_disbursedAmt100_dayInYears360_daysInMonthDoesntMatter_repayEvery15Days",
    principal: "100.00",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    mode: "half-even",
    residual: "level",
    percent: "9.4822",
    disbursedOn: "2024-01-01",
    installments: 6,
    every: { days: 15 },
    dayCount: "ACT/360",
    rows: `
      2024-01-16 16.50 0.40
      2024-01-31 16.57 0.33
      2024-02-15 16.64 0.26
      2024-03-01 16.70 0.20
      2024-03-16 16.77 0.13
      2024-03-31 16.82 0.07
    `,
  },
  {
    name: "without interest",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testEMICalculation_disbursedAmt1000_NoInterest_repayEvery1Month",
    principal: "1000.00",
    percent: "0",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    disbursedOn: "2024-01-01",
    installments: 4,
    rows: `
      250.00 0.00
      250.00 0.00
      250.00 0.00
      250.00 0.00
    `,
  },
  {
    name: "interest only, principal with the last",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanBulletBalloon.feature, BL01",
    principal: "100.00",
    percent: "30",
    per: "year",
    method: "interest-only",
    interest: "daily",
    dayCount: "30/360",
    disbursedOn: "2024-01-01",
    installments: 8,
    mode: "half-even",
    rows: `
      0.00 2.50
      0.00 2.50
      0.00 2.50
      0.00 2.50
      0.00 2.50
      0.00 2.50
      0.00 2.50
      100.00 2.50
    `,
  },
  {
    name: "due on the 31st, rolled to the first of the next month, ACT/ACT",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanMonthEndDueDateStrategy.feature, UC1",
    principal: "10000.00",
    percent: "12",
    per: "year",
    method: "equal-installment",
    disbursedOn: "2025-01-31",
    installments: 3,
    mode: "half-even",
    residual: "level",
    interest: "daily",
    dayCount: "ACT/ACT",
    monthEnd: "roll",
    rows: `
      2025-03-01 3303.22 95.34
      2025-03-31 3332.51 66.05
      2025-05-01 3364.27 34.29
    `,
  },
  {
    name: "due on the 31st, rolled, every month 30 days",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanMonthEndDueDateStrategy.feature, UC3",
    principal: "10000.00",
    percent: "12",
    per: "year",
    method: "equal-installment",
    disbursedOn: "2025-01-31",
    installments: 3,
    mode: "half-even",
    residual: "level",
    interest: "period",
    dayCount: "30/360",
    monthEnd: "roll",
    rows: `
      2025-03-01 3300.22 100.00
      2025-03-31 3333.22 67.00
      2025-05-01 3366.56 33.67
    `,
  },
  {
    name: "due on the 31st, clamped, every month 30 days",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanMonthEndDueDateStrategy.feature, UC3",
    principal: "10000.00",
    percent: "12",
    per: "year",
    method: "equal-installment",
    disbursedOn: "2025-01-31",
    installments: 3,
    mode: "half-even",
    residual: "level",
    interest: "period",
    dayCount: "30/360",
    monthEnd: "clamp",
    rows: `
      2025-02-28 3300.22 100.00
      2025-03-31 3333.22 67.00
      2025-04-30 3366.56 33.67
    `,
  },
  {
    name: "due on the 31st, clamped, ACT/ACT",
    source:
      "apache/fineract, fineract-e2e-tests-runner/src/test/resources/features/LoanMonthEndDueDateStrategy.feature, UC5",
    principal: "10000.00",
    percent: "12",
    per: "year",
    method: "equal-installment",
    disbursedOn: "2025-01-31",
    installments: 3,
    mode: "half-even",
    residual: "level",
    interest: "daily",
    dayCount: "ACT/ACT",
    monthEnd: "clamp",
    rows: `
      2025-02-28 3305.77 92.05
      2025-03-31 3329.59 68.23
      2025-04-30 3364.64 33.19
    `,
  },
  {
    name: "2 % a month, equal installments",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/ClientLoanIntegrationTest.java, verifyLoanRepaymentSchedule",
    principal: "12000.00",
    percent: "2",
    per: "month",
    method: "equal-installment",
    interest: "period",
    mode: "half-even",
    disbursedOn: "2011-09-20",
    installments: 4,
    rows: `
      2011-10-20 2911.49 240.00
      2011-11-20 2969.72 181.77
      2011-12-20 3029.11 122.38
      2012-01-20 3089.68 61.79
    `,
  },
  {
    name: "equal principal, all amounts in hundreds",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/ClientLoanIntegrationTest.java, verifyLoanRepaymentScheduleForEqualPrincipal",
    principal: "10000000",
    percent: "2",
    per: "month",
    method: "equal-principal",
    interest: "period",
    mode: "half-even",
    unit: "100",
    currency: "JPY",
    disbursedOn: "2014-06-02",
    installments: 24,
    rows: `
      1: 416700 200000
      2: 416700 191700
      3: 416700 183300
      4: 416700 175000
      5: 416700 166700
      6: 416700 158300
      10: 416700 125000
      20: 416700 41700
      24: 415900 8300
    `,
  },
  {
    name: "a first period of 4 days, interest by the day",
    source:
      "simontreanor/FSharp.Finance.Personal, io/out/PaymentSchedule/PaymentScheduleTest_Monthly_1100_fp04_r6.md",
    per: "day",
    percent: "0.798",
    method: "equal-installment",
    interest: "daily",
    mode: "half-up",
    disbursedOn: "2023-12-07",
    principal: "1100.00",
    firstDueOn: "2023-12-11",
    installments: 6,
    rows: `
      2023-12-11 269.84 35.11
      2024-01-11 99.59 205.36
      2024-02-11 124.22 180.73
      2024-03-11 164.63 140.32
      2024-04-11 195.68 109.27
      2024-05-11 246.04 58.90
    `,
  },
  {
    name: "a first period of 8 days",
    source:
      "simontreanor/FSharp.Finance.Personal, io/out/PaymentSchedule/PaymentScheduleTest_Monthly_0300_fp08_r5.md",
    per: "day",
    percent: "0.798",
    method: "equal-installment",
    interest: "daily",
    mode: "half-up",
    disbursedOn: "2023-12-07",
    principal: "300.00",
    firstDueOn: "2023-12-15",
    installments: 5,
    rows: `
      75.14 19.15
      38.66 55.63
      48.23 46.06
      62.36 31.93
      75.61 18.70
    `,
  },
  {
    name: "a first period of 32 days",
    source:
      "simontreanor/FSharp.Finance.Personal, io/out/PaymentSchedule/PaymentScheduleTest_Monthly_0500_fp32_r4.md",
    per: "day",
    percent: "0.798",
    method: "equal-installment",
    interest: "daily",
    mode: "half-up",
    disbursedOn: "2023-12-07",
    principal: "500.00",
    firstDueOn: "2024-01-08",
    installments: 4,
    rows: `
      83.33 127.68
      107.93 103.08
      139.56 71.45
      169.18 41.85
    `,
  },
  {
    name: "a first period of 24 days that ends on the last of the month",
    source:
      "simontreanor/FSharp.Finance.Personal, io/out/PaymentSchedule/PaymentScheduleTest_Monthly_1300_fp24_r6.md",
    per: "day",
    percent: "0.798",
    method: "equal-installment",
    interest: "daily",
    mode: "half-up",
    disbursedOn: "2023-12-07",
    principal: "1300.00",
    firstDueOn: "2023-12-31",
    installments: 6,
    rows: `
      2023-12-31 165.93 248.98
      2024-01-31 134.36 280.55
      2024-02-29 183.56 231.35
      2024-03-31 213.01 201.90
      2024-04-30 270.52 144.39
      2024-05-31 332.62 82.28
    `,
  },
  {
    name: "one installment after 15 days",
    source: "simontreanor/FSharp.Finance.Personal, io/out/PaymentSchedule/PaymentScheduleTest001.md",
    per: "day",
    percent: "0.8",
    method: "bullet",
    interest: "daily",
    mode: "down",
    principal: "300.00",
    disbursedOn: "2022-12-19",
    firstDueOn: "2023-01-03",
    installments: 1,
    rows: `
      2023-01-03 300.00 36.00
    `,
  },
  {
    name: "a French table of twelve months (MoneyVox)",
    source: "murraystokely/mortgagemath, tests/schedules/moneyvox_fr_10k_5pct_12mo.csv",
    principal: "10000.00",
    percent: "5",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    installments: 12,
    rows: `
      814.40 41.67
      817.80 38.27
      821.20 34.87
      824.63 31.44
      828.06 28.01
      831.51 24.56
      834.98 21.09
      838.46 17.61
      841.95 14.12
      845.46 10.61
      848.98 7.09
      852.57 3.55
    `,
  },
  {
    name: "an annuity of twelve years (Arcones, Society of Actuaries exam FM, section 4.1)",
    source: "murraystokely/mortgagemath, tests/schedules/arcones_soa_fm_4_1_ex4_20k_8pct_12yr_annual.csv",
    principal: "20000.00",
    percent: "8",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    every: { months: 12 },
    installments: 12,
    rows: `
      1053.90 1600.00
      1138.21 1515.69
      1229.27 1424.63
      1327.61 1326.29
      1433.82 1220.08
      1548.52 1105.38
      1672.41 981.49
      1806.20 847.70
      1950.70 703.20
      2106.75 547.15
      2275.29 378.61
      2457.32 196.59
    `,
  },
  {
    name: "an annuity of four years (eCampusOntario, Mathematics of Finance 4.3)",
    source:
      "murraystokely/mortgagemath, tests/schedules/ecampus_finmath_4_3_4_3_1_pearline_10k_10pct_4yr_annual.csv",
    principal: "10000.00",
    percent: "10",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    every: { months: 12 },
    installments: 4,
    rows: `
      2154.71 1000.00
      2370.18 784.53
      2607.20 547.51
      2867.91 286.79
    `,
  },
  {
    name: "payment 60 of 96 (eCampusOntario, Mathematics of Finance 4.3)",
    source:
      "murraystokely/mortgagemath, tests/schedules/ecampus_finmath_4_3_ex3_johnetta_20200_353pct_8yr.csv",
    principal: "20200.00",
    percent: "3.53",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    installments: 96,
    rows: `
      60: 216.92 24.91
    `,
  },
  {
    name: "an Italian table, equal principal by the year (Andrea il Matematico)",
    source: "murraystokely/mortgagemath, tests/schedules/andreailmatematico_it_50k_10pct_4yr.csv",
    principal: "50000.00",
    percent: "10",
    per: "year",
    method: "equal-principal",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    every: { months: 12 },
    installments: 4,
    rows: `
      12500.00 5000.00
      12500.00 3750.00
      12500.00 2500.00
      12500.00 1250.00
    `,
  },
  {
    name: "a Swedish table, equal principal by the month (Nordea)",
    source: "murraystokely/mortgagemath, tests/schedules/swedish_serial_rak_1200k_4pct_20yr.csv",
    principal: "1200000.00",
    percent: "4",
    per: "year",
    method: "equal-principal",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    installments: 240,
    rows: `
      1: 5000.00 4000.00
      2: 5000.00 3983.33
    `,
  },
  {
    name: "a Japanese table of 360 months in yen, all rounded down (LoanKeisan)",
    source: "murraystokely/mortgagemath, tests/schedules/loankeisan_jp_30m_100_360mo_rounddown.csv",
    principal: "30000000",
    percent: "1",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "down",
    currency: "JPY",
    disbursedOn: "2026-01-01",
    installments: 360,
    rows: `
      1: 71491 25000
      2: 71551 24940
      3: 71611 24880
      4: 71670 24821
      12: 72150 24341
      60: 75093 21398
      120: 78941 17550
      180: 82987 13504
      240: 87240 9251
      300: 91711 4780
      350: 95611 880
      359: 96331 160
      360: 96559 80
    `,
  },
  {
    name: "a Chinese table of equal installments (等额本息)",
    source:
      "mz51.vip, FangDaiJiSuanQi, 47.0 万元, 12.90 %, 11 年; the first twelve rows, since the page carries balances unrounded",
    principal: "470000.00",
    percent: "12.90",
    per: "year",
    method: "equal-installment",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    installments: 132,
    rows: `
      1: 1628.89 5052.50
      2: 1646.40 5034.99
      3: 1664.10 5017.29
      4: 1681.99 4999.40
      5: 1700.07 4981.32
      6: 1718.35 4963.04
      7: 1736.82 4944.57
      8: 1755.49 4925.90
      9: 1774.36 4907.03
      10: 1793.43 4887.96
      11: 1812.71 4868.68
      12: 1832.20 4849.19
    `,
  },
  {
    name: "a Chinese table of equal principal (等额本金)",
    source:
      "mz51.vip, FangDaiJiSuanQi, 47.0 万元, 12.90 %, 11 年; the first twelve rows, since the page carries balances unrounded",
    principal: "470000.00",
    percent: "12.90",
    per: "year",
    method: "equal-principal",
    interest: "period",
    mode: "half-up",
    disbursedOn: "2026-01-01",
    installments: 132,
    rows: `
      1: 3560.61 5052.50
      2: 3560.61 5014.22
      3: 3560.61 4975.95
      4: 3560.61 4937.67
      5: 3560.61 4899.39
      6: 3560.61 4861.12
      7: 3560.61 4822.84
      8: 3560.61 4784.56
      9: 3560.61 4746.29
      10: 3560.61 4708.01
      11: 3560.61 4669.73
      12: 3560.61 4631.46
    `,
  },
  {
    name: "flat, 700.00 by the days of each month, ACT/ACT",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_1_Month_Actual_Actual",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "700.00",
    percent: "12",
    interest: "daily",
    dayCount: "ACT/ACT",
    disbursedOn: "2024-01-01",
    installments: 4,
    rows: `
      174.83 7.11
      175.28 6.66
      174.83 7.11
      175.06 6.89
    `,
  },
  {
    name: "flat, 1,000.00 by the days of each month, ACT/ACT",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_1_Month_Actual_Actual",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1000.00",
    percent: "12",
    interest: "daily",
    dayCount: "ACT/ACT",
    disbursedOn: "2024-01-01",
    installments: 4,
    rows: `
      249.76 10.16
      250.41 9.51
      249.76 10.16
      250.07 9.84
    `,
  },
  {
    name: "flat, 2,000.00 by the days of each month, ACT/ACT",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_1_Month_Actual_Actual",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "2000.00",
    percent: "12",
    interest: "daily",
    dayCount: "ACT/ACT",
    disbursedOn: "2024-01-01",
    installments: 4,
    rows: `
      499.51 20.33
      500.82 19.02
      499.51 20.33
      500.16 19.67
    `,
  },
  {
    name: "flat, every month 30 days",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_1_Month_360_30",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "750.00",
    percent: "12",
    interest: "daily",
    dayCount: "30/360",
    disbursedOn: "2024-01-01",
    installments: 4,
    rows: `
      187.50 7.50
      187.50 7.50
      187.50 7.50
      187.50 7.50
    `,
  },
  {
    name: "flat, every week, ACT/ACT",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_1_week_Actual_Actual",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "600.00",
    percent: "12",
    interest: "daily",
    dayCount: "ACT/ACT",
    disbursedOn: "2024-01-01",
    installments: 4,
    every: { weeks: 1 },
    rows: `
      150.00 1.38
      150.00 1.38
      150.00 1.38
      150.00 1.38
    `,
  },
  {
    name: "flat, every thirty days, ACT/ACT",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, testFlatDaily_30_Days_Actual_Actual",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1000.00",
    percent: "12",
    interest: "daily",
    dayCount: "ACT/ACT",
    disbursedOn: "2024-01-01",
    installments: 4,
    every: { days: 30 },
    rows: `
      250.00 9.84
      250.00 9.84
      250.00 9.84
      250.00 9.84
    `,
  },
  {
    name: "flat, every week at 1/52 of the rate a year",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, test_sameAsRepayment_week_repay_every_1_periods_10",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1000.00",
    percent: "5.2",
    interest: "period",
    dayCount: "ACT/364",
    disbursedOn: "2024-01-01",
    installments: 10,
    every: { weeks: 1 },
    rows: `
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
      100.00 1.00
    `,
  },
  {
    name: "flat, every two months",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, test_sameAsRepayment_month_repay_every_2_periods_8",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1000.00",
    percent: "12",
    interest: "period",
    disbursedOn: "2024-01-01",
    installments: 8,
    every: { months: 2 },
    rows: `
      125.00 20.00
      125.00 20.00
      125.00 20.00
      125.00 20.00
      125.00 20.00
      125.00 20.00
      125.00 20.00
      125.00 20.00
    `,
  },
  {
    name: "flat, in three",
    source:
      "apache/fineract, fineract-progressive-loan/src/test/java/org/apache/fineract/portfolio/loanproduct/calc/ProgressiveEMICalculatorTest.java, test_sameAsRepayment_month_repay_every_1_periods_3_second_disbursement_on_repayment_due_date_allow_partial",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1000.00",
    percent: "12",
    interest: "period",
    disbursedOn: "2024-01-01",
    installments: 3,
    rows: `
      333.33 10.00
      333.33 10.00
      333.34 10.00
    `,
  },
  {
    name: "flat, installments in whole units of 1.00",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/LoanInstallmentMultiplesOfTest.java, test_LoanRepaymentScheduleIsEquallyDistributed_WhenInterestIsPresent_AndInterestTypeIsFlat",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1250.00",
    percent: "12",
    interest: "period",
    disbursedOn: "2023-01-01",
    installments: 3,
    multiple: "1.00",
    rows: `
      416.50 12.50
      416.50 12.50
      417.00 12.50
    `,
  },
  {
    name: "flat, whole units without interest, half to even",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/LoanInstallmentMultiplesOfTest.java, test_LoanRepaymentScheduleIsEquallyDistributed_WhenNoInterest_ButInterestTypeIs",
    per: "year",
    method: "flat",
    mode: "half-even",
    principal: "1250.00",
    percent: "0",
    interest: "period",
    disbursedOn: "2023-01-01",
    installments: 4,
    multiple: "1.00",
    rows: `
      312.00 0.00
      312.00 0.00
      312.00 0.00
      314.00 0.00
    `,
  },
  {
    name: "declining balance, whole units without interest, half to even",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/LoanInstallmentMultiplesOfTest.java, test_LoanRepaymentScheduleIsEquallyDistributed_WhenNoInterest_ButInterestTypeIs",
    per: "year",
    method: "equal-installment",
    mode: "half-even",
    principal: "1250.00",
    percent: "0",
    interest: "period",
    disbursedOn: "2023-01-01",
    installments: 4,
    multiple: "1.00",
    rows: `
      312.00 0.00
      312.00 0.00
      312.00 0.00
      314.00 0.00
    `,
  },
  {
    name: "two months of grace on principal, 30/360",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/ProgressiveLoanMoratoriumIntegrationTest.java, testProgressivePrincipalMoratoriumSchedule",
    principal: "100.00",
    percent: "7",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    dayCount: "30/360",
    mode: "half-even",
    residual: "level",
    disbursedOn: "2024-01-01",
    installments: 6,
    graceOnPrincipal: 2,
    rows: `
      0.00 0.58
      0.00 0.58
      24.79 0.58
      24.93 0.44
      25.08 0.29
      25.20 0.15
    `,
  },
  {
    name: "two months of grace on interest, level all the same",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/ProgressiveLoanMoratoriumIntegrationTest.java, testProgressiveInterestMoratoriumSchedule",
    principal: "100.00",
    percent: "7",
    per: "year",
    method: "equal-installment",
    interest: "daily",
    dayCount: "30/360",
    mode: "half-even",
    residual: "level",
    disbursedOn: "2024-01-01",
    installments: 6,
    graceOnInterest: 2,
    rows: `
      17.01 0.00
      17.01 0.00
      15.57 1.44
      16.72 0.29
      16.81 0.20
      16.88 0.10
    `,
  },
  {
    name: "equal principal after five months of grace, all amounts in hundreds",
    source:
      "apache/fineract, integration-tests/src/test/java/org/apache/fineract/integrationtests/ClientLoanIntegrationTest.java, verifyLoanRepaymentScheduleForEqualPrincipalWithGrace",
    principal: "10000000",
    percent: "2",
    per: "month",
    method: "equal-principal",
    interest: "period",
    mode: "half-even",
    unit: "100",
    currency: "JPY",
    disbursedOn: "2014-06-02",
    installments: 24,
    graceOnPrincipal: 5,
    rows: `
      1: 0 200000
      5: 0 200000
      6: 526300 200000
      7: 526300 189500
      10: 526300 157900
      20: 526300 52600
      24: 526600 10500
    `,
  },
];

describe("schedules that others published are reproduced to the cent", () => {
  it.each(PUBLISHED.map((one) => [one.name, one.source, one] as const))("%s (%s)", (_name, _source, one) => {
    const plan = schedule(terms(one));
    const wanted = one.rows.trim().split(/\n\s*/);
    const numbered = wanted.every((row) => /^\d+: /.test(row));
    if (!numbered) expect(plan.length).toBe(wanted.length);
    const rows = wanted.map((row, i) => {
      const n = numbered ? Number(row.slice(0, row.indexOf(":"))) : i + 1;
      const { dueOn, principal, interest } = plan[n - 1]!;
      const money = (value: Minor) => formatMoney(value, decimalsOf(one.currency ?? "CNY"));
      const dated = /\d{4}-\d\d-\d\d/.test(row) ? `${formatDay(dueOn)} ` : "";
      return `${numbered ? `${n}: ` : ""}${dated}${money(principal)} ${money(interest)}`;
    });
    expect(rows).toEqual(wanted);
  });
});

/** Sources that print the level payment and no table: principal, percent a year, months, payment, how it was rounded. */
const PAYMENTS: readonly (readonly [string, string, string, number, string, RoundingMode])[] = [
  [
    "Consumer Financial Protection Bureau, sample Closing Disclosure H-25(B), 2014",
    "162000.00",
    "3.875",
    360,
    "761.78",
    "half-up",
  ],
  [
    "Consumer Financial Protection Bureau, cfpb/amortize, test/test.js",
    "180000.00",
    "4.25",
    360,
    "885.49",
    "half-up",
  ],
  [
    "Reserve Bank of India, FAQ on housing loans, example of EMI calculation",
    "1000000.00",
    "15",
    120,
    "16133.50",
    "half-up",
  ],
  ["Mississippi State University Extension, P3920", "100000.00", "7", 360, "665.30", "half-up"],
  ["OpenStax, Contemporary Mathematics 6.8, car", "28500.00", "3.99", 60, "524.75", "up"],
  ["OpenStax, Contemporary Mathematics 6.8, home", "136700.00", "5.75", 180, "1135.18", "up"],
  ["OpenStax, Contemporary Mathematics 6.12", "132650.00", "4.8", 360, "695.97", "up"],
  ["OpenStax, Contemporary Mathematics, answer 6.100.1", "18325.00", "6.75", 48, "436.70", "up"],
  ["OpenStax, Contemporary Mathematics, answer 6.100.2", "41633.00", "3.9", 72, "649.47", "up"],
  ["OpenStax, Contemporary Mathematics, answer 6.114", "159195.50", "5.75", 360, "929.03", "up"],
  ["Las Positas College, Math for Liberal Arts 8.05, example 1", "15000.00", "9", 60, "311.38", "half-up"],
  [
    "timmson/loan-schedule.js, test/test-annuity-loan-schedule.js",
    "110000.00",
    "12.9",
    60,
    "2497.21",
    "half-up",
  ],
];

describe("payments that others published are reproduced to the cent", () => {
  // All but the second, third and last as quoted in murraystokely/mortgagemath, README.md and tests/schedules/.
  it.each(PAYMENTS)(
    "%s: %s at %s % over %d months is %s (%s)",
    (_source, principal, percent, installments, payment, mode) => {
      const plan = schedule(
        terms({
          principal,
          percent,
          per: "year",
          disbursedOn: "2026-01-01",
          installments,
          method: "equal-installment",
          interest: "period",
          mode: "half-up",
          installmentMode: mode,
        }),
      );
      expect(totals(plan)[0]).toBe(payment);
      // The last installment takes what rounding left.
      expect(new Set(totals(plan).slice(0, -1)).size).toBe(1);
    },
  );

  it("an interest-only stretch of the regulator's sample costs 703.33 a month, and principal begins after it", () => {
    // Consumer Financial Protection Bureau, sample Loan Estimate of an interest-only loan: $211,000 at 4 %, five years;
    // as murraystokely/mortgagemath, tests/schedules/cfpb_io_adjustable_sample_211k_4pct.toml quotes it.
    const plan = schedule(
      terms({
        principal: "211000.00",
        percent: "4",
        per: "year",
        disbursedOn: "2026-01-01",
        installments: 360,
        method: "equal-installment",
        interest: "period",
        mode: "half-up",
        graceOnPrincipal: 60,
      }),
    );
    expect(plan.slice(0, 60).every((row) => row.interest === 70_333 && row.principal === 0)).toBe(true);
    expect(plan[60]!.principal).toBeGreaterThan(0);
  });
});
