// Made by `npm run api-docs` from the description of the API. Not to be edited.

export interface Answers {
  readonly "actions.list": {
    readonly items: readonly ({
      readonly action: string;
      readonly borrower: string;
      readonly state: string;
      readonly via: string;
      readonly what: string;
      readonly slot: string;
      readonly stateAt: string;
      readonly reason: string | null;
    })[];
  };
  readonly "actions.retry": {
    readonly dryRun: boolean;
    readonly items: readonly ({
      readonly action: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: string;
      readonly would?: string;
    })[];
  };
  readonly "analytics.loans": {
    readonly items: readonly ({
      readonly loan: string;
      readonly on: string | null;
      readonly amount: string | null;
    })[];
    readonly next: string | null;
  };
  readonly "analytics.read": {
    readonly report: "roll" | "vintage" | "funnel" | "contacts" | "recoveries" | "promises" | "agencies" | "arms" | "complaints" | "ages";
    readonly currency: string;
    readonly from: string;
    readonly to: string;
    readonly says: readonly ({
      readonly en: string;
      readonly zh: string;
    })[];
    readonly tables: readonly ({
      readonly key: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly of: {
        readonly en: string;
        readonly zh: string;
      };
      readonly columns: readonly ({
        readonly key: string;
        readonly kind: "text" | "count" | "money" | "share" | "range";
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
      readonly rows: readonly ({
        readonly key: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly cells: readonly ({
          readonly value: string | null;
          readonly behind: Readonly<Record<string, string>> | null;
        })[];
        readonly caution: {
          readonly en: string;
          readonly zh: string;
        } | null;
      })[];
    })[];
    readonly means: readonly ({
      readonly en: string;
      readonly zh: string;
    })[];
  };
  readonly "approval.decide": {
    readonly id: string;
    readonly what: string;
    readonly subject: string;
    readonly asked: Readonly<Record<string, unknown>>;
    readonly reason: string;
    readonly proposedBy: string;
    readonly proposedAt: string;
    readonly expiresAt: string;
    readonly state: "proposed" | "approved" | "refused";
    readonly decidedBy: string | null;
    readonly decidedAt: string | null;
    readonly remark: string | null;
    readonly result: unknown;
  };
  readonly "approvals.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly what: string;
      readonly subject: string;
      readonly asked: Readonly<Record<string, unknown>>;
      readonly reason: string;
      readonly proposedBy: string;
      readonly proposedAt: string;
      readonly expiresAt: string;
      readonly state: "proposed" | "approved" | "refused";
      readonly decidedBy: string | null;
      readonly decidedAt: string | null;
      readonly remark: string | null;
      readonly result: unknown;
    })[];
  };
  readonly "audit.list": {
    readonly items: readonly ({
      readonly at: string;
      readonly request: string;
      readonly who: string;
      readonly role: string;
      readonly action: string;
      readonly relation: string;
      readonly subject: string;
      readonly allowed: boolean;
      readonly status: number;
      readonly remark: string | null;
    })[];
    readonly next: string | null;
  };
  readonly "book.verify": {
    readonly job: string;
  };
  readonly "borrower.read": {
    readonly borrower: string;
    readonly lender: string;
    readonly language: string | null;
    readonly zone: string;
    readonly contact: {
      readonly name: string | null;
      readonly phone: string | null;
      readonly email: string | null;
      readonly app: string | null;
      readonly address: string | null;
    };
    readonly loans: readonly ({
      readonly loan: string;
      readonly product: string;
      readonly status: string;
      readonly dpd: number;
      readonly bucket: string;
      readonly arrears: string;
      readonly currency: string;
    })[];
    readonly person: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly on: string;
      readonly at: string;
      readonly says: string;
    })[];
  };
  readonly "borrower.reveal": {
    readonly borrower: string;
    readonly contact: {
      readonly name?: string | null;
      readonly phone?: string | null;
      readonly email?: string | null;
      readonly app?: string | null;
      readonly address?: string | null;
    };
  };
  readonly "cases.list": {
    readonly items: readonly ({
      readonly case: string;
      readonly loan: string;
      readonly firm: string;
      readonly engagement: string;
      readonly batch: string;
      readonly state: string;
    })[];
  };
  readonly "close.start": {
    readonly job: string;
  };
  readonly "closes.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly by: string;
      readonly state: "running" | "done" | "failed" | "cancelled";
      readonly asked: Readonly<Record<string, unknown>>;
      readonly startedAt: string;
      readonly endedAt: string | null;
      readonly progress: {
        readonly label: string;
        readonly done: number;
        readonly of: number;
      } | null;
      readonly result: unknown;
    })[];
  };
  readonly "collectors.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly name: string;
      readonly team: string;
      readonly lead: boolean;
      readonly active: boolean;
      readonly capacity: number | null;
    })[];
  };
  readonly "complaint.event": {
    readonly became: "recorded" | "known" | "would-record";
    readonly complaint: {
      readonly reference: string;
      readonly sort: "complaint";
      readonly kind: "sum-wrong" | "not-mine" | "identity-theft" | "conduct" | "privacy" | "third-person" | "letter-false" | "credit-record" | "other";
      readonly kindWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly state: "received" | "acknowledged" | "asked" | "upheld" | "partly" | "rejected" | "escalated" | "withdrawn" | "closed";
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly since: string;
      readonly loans: readonly (string)[];
      readonly currency: string;
      readonly receivedOn: string;
      readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly words: string;
      readonly disputed: string | null;
      readonly happenedOn: string | null;
      readonly against: string | null;
      readonly outside: string | null;
      readonly holds: "dispute" | "complaint" | null;
      readonly answerBy: string | null;
      readonly daysLeft: number | null;
      readonly extensions: number;
      readonly because: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
        readonly param: string;
        readonly force: string;
        readonly verification: string;
      } | null;
      readonly outcome: {
        readonly outcome: "upheld" | "partly" | "rejected";
        readonly reason: {
          readonly en: string;
          readonly zh: string;
        };
      } | null;
      readonly pending: readonly ({
        readonly loan: string;
        readonly what: string;
        readonly amount: string | null;
        readonly of: string | null;
      })[];
      readonly events: readonly ({
        readonly event: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly on: string;
        readonly at: string;
        readonly by: string;
        readonly words: string | null;
        readonly reason: string | {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly to?: string | null;
      })[];
      readonly files: readonly ({
        readonly sha256: string;
        readonly name: string;
        readonly bytes: number;
        readonly type: "pdf" | "jpeg" | "png";
        readonly at: string;
      })[];
      readonly mayFollow: readonly (string)[];
      readonly version: number;
    };
  };
  readonly "complaint.open": {
    readonly became: "recorded" | "known" | "would-record";
    readonly complaint: {
      readonly reference: string;
      readonly sort: "complaint";
      readonly kind: "sum-wrong" | "not-mine" | "identity-theft" | "conduct" | "privacy" | "third-person" | "letter-false" | "credit-record" | "other";
      readonly kindWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly state: "received" | "acknowledged" | "asked" | "upheld" | "partly" | "rejected" | "escalated" | "withdrawn" | "closed";
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly since: string;
      readonly loans: readonly (string)[];
      readonly currency: string;
      readonly receivedOn: string;
      readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly words: string;
      readonly disputed: string | null;
      readonly happenedOn: string | null;
      readonly against: string | null;
      readonly outside: string | null;
      readonly holds: "dispute" | "complaint" | null;
      readonly answerBy: string | null;
      readonly daysLeft: number | null;
      readonly extensions: number;
      readonly because: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
        readonly param: string;
        readonly force: string;
        readonly verification: string;
      } | null;
      readonly outcome: {
        readonly outcome: "upheld" | "partly" | "rejected";
        readonly reason: {
          readonly en: string;
          readonly zh: string;
        };
      } | null;
      readonly pending: readonly ({
        readonly loan: string;
        readonly what: string;
        readonly amount: string | null;
        readonly of: string | null;
      })[];
      readonly events: readonly ({
        readonly event: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly on: string;
        readonly at: string;
        readonly by: string;
        readonly words: string | null;
        readonly reason: string | {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly to?: string | null;
      })[];
      readonly files: readonly ({
        readonly sha256: string;
        readonly name: string;
        readonly bytes: number;
        readonly type: "pdf" | "jpeg" | "png";
        readonly at: string;
      })[];
      readonly mayFollow: readonly (string)[];
      readonly version: number;
    };
  };
  readonly "complaint.read": {
    readonly reference: string;
    readonly sort: "complaint";
    readonly kind: "sum-wrong" | "not-mine" | "identity-theft" | "conduct" | "privacy" | "third-person" | "letter-false" | "credit-record" | "other";
    readonly kindWords: {
      readonly en: string;
      readonly zh: string;
    };
    readonly state: "received" | "acknowledged" | "asked" | "upheld" | "partly" | "rejected" | "escalated" | "withdrawn" | "closed";
    readonly stateWords: {
      readonly en: string;
      readonly zh: string;
    };
    readonly since: string;
    readonly loans: readonly (string)[];
    readonly currency: string;
    readonly receivedOn: string;
    readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
    readonly words: string;
    readonly disputed: string | null;
    readonly happenedOn: string | null;
    readonly against: string | null;
    readonly outside: string | null;
    readonly holds: "dispute" | "complaint" | null;
    readonly answerBy: string | null;
    readonly daysLeft: number | null;
    readonly extensions: number;
    readonly because: {
      readonly law: string;
      readonly at: string;
      readonly quote: string;
      readonly param: string;
      readonly force: string;
      readonly verification: string;
    } | null;
    readonly outcome: {
      readonly outcome: "upheld" | "partly" | "rejected";
      readonly reason: {
        readonly en: string;
        readonly zh: string;
      };
    } | null;
    readonly pending: readonly ({
      readonly loan: string;
      readonly what: string;
      readonly amount: string | null;
      readonly of: string | null;
    })[];
    readonly events: readonly ({
      readonly event: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly on: string;
      readonly at: string;
      readonly by: string;
      readonly words: string | null;
      readonly reason: string | {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly to?: string | null;
    })[];
    readonly files: readonly ({
      readonly sha256: string;
      readonly name: string;
      readonly bytes: number;
      readonly type: "pdf" | "jpeg" | "png";
      readonly at: string;
    })[];
    readonly mayFollow: readonly (string)[];
    readonly version: number;
  };
  readonly "complaints.list": {
    readonly items: readonly ({
      readonly reference: string;
      readonly borrower: string;
      readonly loans: readonly (string)[];
      readonly state: string;
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly about: readonly (string)[];
      readonly aboutWords: readonly ({
        readonly en: string;
        readonly zh: string;
      })[];
      readonly receivedOn: string;
      readonly nextOn: string | null;
      readonly daysLeft: number | null;
    })[];
  };
  readonly "court.deadlines": {
    readonly today: string;
    readonly items: readonly ({
      readonly what: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly by: string;
      readonly actor: {
        readonly en: string;
        readonly zh: string;
      };
      readonly lastOn: string;
      readonly daysLeft: number;
      readonly certain: boolean;
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      } | null;
      readonly verification: string | null;
      readonly of: "proceeding" | "enforcement";
      readonly matter: string;
      readonly loan: string;
      readonly court: string;
      readonly number: string | null;
    })[];
    readonly left: number;
  };
  readonly "enforcement.kinds": {
    readonly common: readonly (string)[];
    readonly items: readonly ({
      readonly event: string;
      readonly fields: readonly ({
        readonly column: string;
        readonly choices: readonly (string)[] | null;
      })[];
    })[];
  };
  readonly "enforcements.list": {
    readonly items: readonly ({
      readonly enforcement: string;
      readonly loan: string;
      readonly court: string;
      readonly number: string | null;
      readonly state: string;
      readonly stateSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly dishonest: string;
      readonly dishonestSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly consumption: string;
      readonly consumptionSays: {
        readonly en: string;
        readonly zh: string;
      };
    })[];
    readonly next: string | null;
  };
  readonly "events.record": {
    readonly dryRun: boolean;
    readonly recorded: number;
    readonly items: readonly ({
      readonly loan: string;
      readonly id: string;
      readonly became: "recorded" | "known" | "would-record" | "refused";
      readonly bookedOn: string | null;
      readonly code: string | null;
      readonly says: string | null;
    })[];
  };
  readonly "evidence.propose": {
    readonly approval: string;
  };
  readonly "hardship.agreement": {
    readonly reference: string;
    readonly language: "zh-CN" | "en";
    readonly title: string;
    readonly parties: readonly (string)[];
    readonly clauses: readonly (string)[];
    readonly heads: readonly (string)[];
    readonly payments: readonly (readonly (string)[])[];
    readonly total: string;
    readonly text: string;
    readonly sha256: string;
    readonly accepted: boolean;
  };
  readonly "hardship.event": {
    readonly became: "recorded" | "known" | "would-record";
    readonly request: {
      readonly reference: string;
      readonly sort: "hardship";
      readonly state: "requested" | "asked" | "proposed" | "offered" | "consenting" | "running" | "refused" | "declined" | "lapsed" | "withdrawn" | "ended";
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly since: string;
      readonly loan: string;
      readonly currency: string;
      readonly receivedOn: string;
      readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly reasons: readonly ({
        readonly reason: "illness" | "job-loss" | "income-fell" | "family" | "disaster" | "accident" | "business-failed" | "other";
        readonly words: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
      readonly words: string;
      readonly wish: string | null;
      readonly household: {
        readonly income: string;
        readonly living: string;
        readonly dependants: number;
        readonly dependantsNeed: string | null;
        readonly otherDebts: string;
        readonly surplus: string | null;
        readonly short: string | null;
        readonly leftToLiveOn: string | null;
      } | null;
      readonly restsUntil: string | null;
      readonly next: {
        readonly what: "hardship-answer" | "hardship-offer";
        readonly by: "us" | "debtor";
        readonly lastOn: string;
        readonly daysLeft: number;
        readonly because: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
          readonly param: string;
          readonly force: string;
          readonly verification: string;
        } | null;
      } | null;
      readonly offer: {
        readonly way: string;
        readonly change: string;
        readonly firstDueOn: string | null;
        readonly settlement: {
          readonly amount: string;
          readonly by: string;
        } | null;
        readonly payments: readonly ({
          readonly on: string;
          readonly amount: string;
        })[];
        readonly total: string;
        readonly cost: string;
        readonly validUntil: string;
        readonly graceDays: number;
        readonly missesForgiven: number;
        readonly guarantor: string | null;
      } | null;
      readonly proposedBy: string | null;
      readonly refused: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly accepted: {
        readonly on: string;
        readonly at: string;
        readonly sha256: string;
        readonly language: "zh-CN" | "en";
        readonly how: string;
      } | null;
      readonly plan: string | null;
      readonly entry: string | null;
      readonly events: readonly ({
        readonly event: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly on: string;
        readonly at: string;
        readonly by: string;
        readonly words: string | null;
        readonly reason: string | {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly to?: string | null;
      })[];
      readonly files: readonly ({
        readonly sha256: string;
        readonly name: string;
        readonly bytes: number;
        readonly type: "pdf" | "jpeg" | "png";
        readonly at: string;
      })[];
      readonly mayFollow: readonly (string)[];
      readonly version: number;
    };
  };
  readonly "hardship.list": {
    readonly items: readonly ({
      readonly reference: string;
      readonly borrower: string;
      readonly loans: readonly (string)[];
      readonly state: string;
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly about: readonly (string)[];
      readonly aboutWords: readonly ({
        readonly en: string;
        readonly zh: string;
      })[];
      readonly receivedOn: string;
      readonly nextOn: string | null;
      readonly daysLeft: number | null;
    })[];
  };
  readonly "hardship.read": {
    readonly reference: string;
    readonly sort: "hardship";
    readonly state: "requested" | "asked" | "proposed" | "offered" | "consenting" | "running" | "refused" | "declined" | "lapsed" | "withdrawn" | "ended";
    readonly stateWords: {
      readonly en: string;
      readonly zh: string;
    };
    readonly since: string;
    readonly loan: string;
    readonly currency: string;
    readonly receivedOn: string;
    readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
    readonly reasons: readonly ({
      readonly reason: "illness" | "job-loss" | "income-fell" | "family" | "disaster" | "accident" | "business-failed" | "other";
      readonly words: {
        readonly en: string;
        readonly zh: string;
      };
    })[];
    readonly words: string;
    readonly wish: string | null;
    readonly household: {
      readonly income: string;
      readonly living: string;
      readonly dependants: number;
      readonly dependantsNeed: string | null;
      readonly otherDebts: string;
      readonly surplus: string | null;
      readonly short: string | null;
      readonly leftToLiveOn: string | null;
    } | null;
    readonly restsUntil: string | null;
    readonly next: {
      readonly what: "hardship-answer" | "hardship-offer";
      readonly by: "us" | "debtor";
      readonly lastOn: string;
      readonly daysLeft: number;
      readonly because: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
        readonly param: string;
        readonly force: string;
        readonly verification: string;
      } | null;
    } | null;
    readonly offer: {
      readonly way: string;
      readonly change: string;
      readonly firstDueOn: string | null;
      readonly settlement: {
        readonly amount: string;
        readonly by: string;
      } | null;
      readonly payments: readonly ({
        readonly on: string;
        readonly amount: string;
      })[];
      readonly total: string;
      readonly cost: string;
      readonly validUntil: string;
      readonly graceDays: number;
      readonly missesForgiven: number;
      readonly guarantor: string | null;
    } | null;
    readonly proposedBy: string | null;
    readonly refused: {
      readonly en: string;
      readonly zh: string;
    } | null;
    readonly accepted: {
      readonly on: string;
      readonly at: string;
      readonly sha256: string;
      readonly language: "zh-CN" | "en";
      readonly how: string;
    } | null;
    readonly plan: string | null;
    readonly entry: string | null;
    readonly events: readonly ({
      readonly event: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly on: string;
      readonly at: string;
      readonly by: string;
      readonly words: string | null;
      readonly reason: string | {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly to?: string | null;
    })[];
    readonly files: readonly ({
      readonly sha256: string;
      readonly name: string;
      readonly bytes: number;
      readonly type: "pdf" | "jpeg" | "png";
      readonly at: string;
    })[];
    readonly mayFollow: readonly (string)[];
    readonly version: number;
  };
  readonly "hardship.request": {
    readonly became: "recorded" | "known" | "would-record";
    readonly request: {
      readonly reference: string;
      readonly sort: "hardship";
      readonly state: "requested" | "asked" | "proposed" | "offered" | "consenting" | "running" | "refused" | "declined" | "lapsed" | "withdrawn" | "ended";
      readonly stateWords: {
        readonly en: string;
        readonly zh: string;
      };
      readonly since: string;
      readonly loan: string;
      readonly currency: string;
      readonly receivedOn: string;
      readonly channel: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly reasons: readonly ({
        readonly reason: "illness" | "job-loss" | "income-fell" | "family" | "disaster" | "accident" | "business-failed" | "other";
        readonly words: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
      readonly words: string;
      readonly wish: string | null;
      readonly household: {
        readonly income: string;
        readonly living: string;
        readonly dependants: number;
        readonly dependantsNeed: string | null;
        readonly otherDebts: string;
        readonly surplus: string | null;
        readonly short: string | null;
        readonly leftToLiveOn: string | null;
      } | null;
      readonly restsUntil: string | null;
      readonly next: {
        readonly what: "hardship-answer" | "hardship-offer";
        readonly by: "us" | "debtor";
        readonly lastOn: string;
        readonly daysLeft: number;
        readonly because: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
          readonly param: string;
          readonly force: string;
          readonly verification: string;
        } | null;
      } | null;
      readonly offer: {
        readonly way: string;
        readonly change: string;
        readonly firstDueOn: string | null;
        readonly settlement: {
          readonly amount: string;
          readonly by: string;
        } | null;
        readonly payments: readonly ({
          readonly on: string;
          readonly amount: string;
        })[];
        readonly total: string;
        readonly cost: string;
        readonly validUntil: string;
        readonly graceDays: number;
        readonly missesForgiven: number;
        readonly guarantor: string | null;
      } | null;
      readonly proposedBy: string | null;
      readonly refused: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly accepted: {
        readonly on: string;
        readonly at: string;
        readonly sha256: string;
        readonly language: "zh-CN" | "en";
        readonly how: string;
      } | null;
      readonly plan: string | null;
      readonly entry: string | null;
      readonly events: readonly ({
        readonly event: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly on: string;
        readonly at: string;
        readonly by: string;
        readonly words: string | null;
        readonly reason: string | {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly to?: string | null;
      })[];
      readonly files: readonly ({
        readonly sha256: string;
        readonly name: string;
        readonly bytes: number;
        readonly type: "pdf" | "jpeg" | "png";
        readonly at: string;
      })[];
      readonly mayFollow: readonly (string)[];
      readonly version: number;
    };
  };
  readonly "hardship.ways": {
    readonly loan: string;
    readonly currency: string;
    readonly asOf: string;
    readonly pastDue: string;
    readonly payoff: string;
    readonly surplus: string | null;
    readonly household?: {
      readonly needed: string;
      readonly short: string;
      readonly left: string;
    };
    readonly ways: readonly ({
      readonly way: string;
      readonly words: {
        readonly en: string;
        readonly zh: string;
      };
      readonly possible: boolean;
      readonly offerable?: boolean;
      readonly total?: string;
      readonly cost?: string;
      readonly months?: number;
      readonly monthly?: string;
      readonly endsOn?: string;
      readonly affordable?: boolean;
      readonly exposureWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly recordWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly restartsLimitation?: boolean;
      readonly payments?: readonly ({
        readonly on: string;
        readonly amount: string;
      })[];
      readonly whyWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly leastMonthly?: string;
      readonly says?: string;
    })[];
  };
  readonly "import.upload": {
    readonly dryRun: boolean;
    readonly kind: "loans" | "payments" | "balances";
    readonly name: string;
    readonly rows: number;
    readonly good?: number;
    readonly added?: number;
    readonly same?: number;
    readonly updated?: number;
    readonly bad: number;
    readonly sameFile: boolean;
    readonly totals: readonly (Readonly<Record<string, unknown>>)[];
    readonly refused: readonly ({
      readonly line: number;
      readonly column: string;
      readonly code: string;
      readonly says: string;
    })[];
  };
  readonly "imports.list": {
    readonly items: readonly ({
      readonly kind: string;
      readonly name: string;
      readonly sha256: string;
      readonly at: string;
      readonly report: Readonly<Record<string, unknown>>;
    })[];
  };
  readonly "job.cancel": {
    readonly job: string;
    readonly cancelling: true;
  };
  readonly "job.read": {
    readonly id: string;
    readonly kind: string;
    readonly by: string;
    readonly state: "running" | "done" | "failed" | "cancelled";
    readonly asked: Readonly<Record<string, unknown>>;
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly progress: {
      readonly label: string;
      readonly done: number;
      readonly of: number;
    } | null;
    readonly result: unknown;
  };
  readonly "job.retry": {
    readonly job: string;
  };
  readonly "jobs.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly by: string;
      readonly state: "running" | "done" | "failed" | "cancelled";
      readonly asked: Readonly<Record<string, unknown>>;
      readonly startedAt: string;
      readonly endedAt: string | null;
      readonly progress: {
        readonly label: string;
        readonly done: number;
        readonly of: number;
      } | null;
      readonly result: unknown;
    })[];
  };
  readonly "lender.read": {
    readonly code: string;
    readonly name: string;
    readonly zone: string;
    readonly pack: string;
    readonly openOn: string;
    readonly closedThrough: string;
    readonly products: readonly ({
      readonly code: string;
      readonly source: string;
      readonly currency: string;
      readonly strategy: string;
      readonly bandEdges: readonly (number)[];
    })[];
    readonly agencies: readonly ({
      readonly name: string;
      readonly role: string;
      readonly active: boolean;
    })[];
    readonly firms: readonly ({
      readonly id: string;
      readonly name: string;
      readonly active: boolean;
    })[];
    readonly collectors: readonly ({
      readonly id: string;
      readonly team: string;
      readonly active: boolean;
    })[];
  };
  readonly "letter.approve": {
    readonly letter: string;
    readonly done: boolean;
    readonly code: string;
    readonly says?: {
      readonly en: string;
      readonly zh: string;
    };
    readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
  };
  readonly "letter.open": {
    readonly letter: string;
    readonly text: string;
  };
  readonly "letter.read": {
    readonly letter: string;
    readonly number: string;
    readonly kind: string;
    readonly state: string;
    readonly loans: readonly (string)[];
    readonly firm: string;
    readonly lawyer: string;
    readonly dated: string;
    readonly answerBy: string;
    readonly demanded: string;
    readonly currency: string;
    readonly checks: readonly (Readonly<Record<string, unknown>>)[];
    readonly history: readonly ({
      readonly at: string;
      readonly kind: string;
      readonly by: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
    })[];
    readonly addressee: string;
    readonly file: string | null;
  };
  readonly "letter.return": {
    readonly letter: string;
    readonly done: boolean;
    readonly code: string;
    readonly says?: {
      readonly en: string;
      readonly zh: string;
    };
    readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
  };
  readonly "letters.approve": {
    readonly dryRun: boolean;
    readonly approved: number;
    readonly sample: readonly (string)[] | null;
    readonly items: readonly ({
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    })[];
  };
  readonly "letters.list": {
    readonly items: readonly ({
      readonly letter: string;
      readonly number: string;
      readonly kind: string;
      readonly state: string;
      readonly loans: readonly (string)[];
      readonly firm: string;
      readonly lawyer: string;
      readonly dated: string;
      readonly answerBy: string;
      readonly demanded: string;
      readonly currency: string;
    })[];
    readonly next: string | null;
  };
  readonly "letters.sign": {
    readonly dryRun: boolean;
    readonly signed: number;
    readonly certificate: string;
    readonly development: boolean;
    readonly items: readonly ({
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    })[];
  };
  readonly "loan.advice": {
    readonly loan: string;
    readonly asOf: string;
    readonly currency: string;
    readonly claim: string;
    readonly take: string;
    readonly takeSays: {
      readonly en: string;
      readonly zh: string;
    };
    readonly because: readonly ({
      readonly why: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
    })[];
    readonly months: number;
    readonly waiting: {
      readonly cases: number;
      readonly mean: number | null;
    };
    readonly ways: readonly ({
      readonly way: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly standing: string;
      readonly standingSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly outlay: string;
      readonly ifWon: {
        readonly applicant: string;
        readonly debtor: string;
        readonly open: string;
      };
      readonly ifLost: {
        readonly applicant: string;
        readonly debtor: string;
        readonly open: string;
      };
      readonly until: string;
      readonly latest: string;
      readonly cases: number;
      readonly mean: number | null;
      readonly net: {
        readonly mean: string;
        readonly low: string;
        readonly high: string;
      } | null;
      readonly breakEven: number;
      readonly time: readonly ({
        readonly en: string;
        readonly zh: string;
      })[];
      readonly conditions: readonly ({
        readonly state: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly supply: {
          readonly en: string;
          readonly zh: string;
        };
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        };
      })[];
    })[];
  };
  readonly "loan.borrower": {
    readonly loan: string;
    readonly borrower: string;
  };
  readonly "loan.contacts": {
    readonly loan: string;
    readonly borrower: string;
    readonly items: readonly ({
      readonly action: string;
      readonly at: string;
      readonly via: string;
      readonly address: string;
      readonly verdict: string;
      readonly pack: string;
      readonly rules: readonly (string)[];
      readonly outcome: string | null;
      readonly result: {
        readonly en: string;
        readonly zh: string;
      } | null;
    })[];
  };
  readonly "loan.courts": {
    readonly loan: string;
    readonly suit: string;
    readonly courts: readonly ({
      readonly court: string | null;
      readonly area: string | null;
      readonly basis: string;
      readonly basisSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly standing: string;
      readonly standingSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly because: readonly ({
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        };
      })[];
      readonly missing: readonly ({
        readonly en: string;
        readonly zh: string;
      })[];
    })[];
  };
  readonly "loan.enforcement-apply": {
    readonly enforcement: string;
    readonly became: "recorded" | "known" | "would-record";
    readonly state: string | null;
    readonly remarks: readonly ({
      readonly code: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      };
      readonly verification: string;
    })[];
  };
  readonly "loan.enforcement-event": {
    readonly enforcement: string;
    readonly became: "recorded" | "known" | "would-record";
    readonly state: string | null;
    readonly remarks: readonly ({
      readonly code: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      };
      readonly verification: string;
    })[];
  };
  readonly "loan.enforcements": {
    readonly items: readonly ({
      readonly enforcement: string;
      readonly loan: string;
      readonly currency: string;
      readonly state: string;
      readonly stateSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly court: string;
      readonly number: string | null;
      readonly appliedOn: string;
      readonly applyBy: string;
      readonly late: boolean;
      readonly judgment: {
        readonly court: string;
        readonly number: string;
        readonly performBy: string;
        readonly debt: string;
      };
      readonly owed: {
        readonly judgment: string;
        readonly doubled: string;
        readonly total: string;
      } | null;
      readonly measures: readonly ({
        readonly measure: string;
        readonly type: string | null;
        readonly what: string | null;
        readonly granted: boolean;
        readonly amount: string | null;
        readonly until: string | null;
        readonly ended: string | null;
      })[];
      readonly dishonest: {
        readonly state: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly ground: string | null;
        readonly decidedOn: string | null;
        readonly until: string | null;
        readonly removedOn: string | null;
      };
      readonly consumption: {
        readonly state: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly ground: string | null;
        readonly decidedOn: string | null;
        readonly until: string | null;
        readonly removedOn: string | null;
      };
      readonly days: readonly ({
        readonly what: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly by: string;
        readonly actor: {
          readonly en: string;
          readonly zh: string;
        };
        readonly lastOn: string;
        readonly daysLeft: number;
        readonly certain: boolean;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        } | null;
        readonly verification: string | null;
      })[];
      readonly follows: readonly ({
        readonly follows: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly by: string | null;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        };
        readonly verification: string;
      })[];
      readonly history: readonly ({
        readonly event: string;
        readonly on: string;
        readonly by: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
    })[];
  };
  readonly "loan.forecast": {
    readonly loan: string;
    readonly currency: string;
    readonly asOf: string;
    readonly through: string;
    readonly now: {
      readonly dpd: number;
      readonly pastDue: string;
      readonly payoff: string;
    };
    readonly events: readonly ({
      readonly on: string;
      readonly through: string | null;
      readonly kind: string;
      readonly certainty: "contract" | "intended" | "court";
      readonly certaintySays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly sum: string | null;
      readonly pastDue: string;
      readonly payoff: string;
      readonly dpd: number;
      readonly at: string | null;
      readonly record: string;
      readonly stop: {
        readonly amount: string;
        readonly by: string;
        readonly clears: string;
      } | null;
      readonly says: {
        readonly en: readonly (string)[];
        readonly zh: readonly (string)[];
      };
      readonly because: readonly ({
        readonly from: string;
        readonly ref: string;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        } | null;
        readonly verification: string | null;
      })[];
    })[];
    readonly heldBack: readonly ({
      readonly on: string;
      readonly step: string;
      readonly againOn: string | null;
      readonly because: readonly ({
        readonly from: string;
        readonly ref: string;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        } | null;
        readonly verification: string | null;
      })[];
    })[];
    readonly unknownFrom: {
      readonly on: string;
      readonly reason: string;
    } | null;
  };
  readonly "loan.limitation": {
    readonly loan: string;
    readonly asOf: string;
    readonly limitation: {
      readonly expiresOn: string | null;
      readonly worstOn: string;
      readonly state: string;
      readonly worstState: string;
      readonly of: unknown;
      readonly startsOn: string;
      readonly longStopOn: string;
      readonly because: readonly (Readonly<Record<string, unknown>>)[];
    } | null;
  };
  readonly "loan.line": {
    readonly loan: string;
    readonly currency: string;
    readonly points: readonly ({
      readonly on: string;
      readonly outstanding: string;
      readonly arrears: string;
      readonly dpd: number;
    })[];
  };
  readonly "loan.message-send": {
    readonly step: string;
    readonly what: string;
    readonly via: string;
    readonly action: string;
    readonly verdict: "send" | "later" | "no";
    readonly text: string | null;
    readonly from: string | null;
    readonly why: string | null;
    readonly because: readonly ({
      readonly rule: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      } | null;
    })[];
    readonly planned: boolean;
    readonly until: string | null;
  };
  readonly "loan.message-take-back": {
    readonly loan: string;
    readonly on: string;
    readonly takenBack: true;
  };
  readonly "loan.messages": {
    readonly loan: string;
    readonly items: readonly ({
      readonly step: string;
      readonly what: string;
      readonly via: string;
      readonly action: string;
      readonly verdict: "send" | "later" | "no";
      readonly text: string | null;
      readonly from: string | null;
      readonly why: string | null;
      readonly because: readonly ({
        readonly rule: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        } | null;
      })[];
    })[];
  };
  readonly "loan.paper": {
    readonly kind: "complaint-loan" | "complaint-card" | "payment-order" | "preservation-before-suit" | "preservation-in-suit" | "mediation" | "judicial-confirmation" | "enforcement" | "settlement" | "enforcement-settlement" | "withdrawal" | "evidence-catalogue" | "authority-general" | "authority-special" | "firm-letter" | "representative-certificate" | "address-confirmation";
    readonly name: {
      readonly en: string;
      readonly zh: string;
    };
    readonly filed: boolean;
    readonly stops: number;
    readonly warns: number;
    readonly loan: string;
    readonly asOf: string;
    readonly title: string;
    readonly fields: readonly ({
      readonly field: string;
      readonly label: string;
      readonly english: string;
      readonly need: string;
      readonly value: string | null;
      readonly from: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly at: string | null;
      readonly why: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly next: {
        readonly en: string;
        readonly zh: string;
      } | null;
    })[];
    readonly findings: readonly ({
      readonly code: string;
      readonly state: "stops" | "warn";
      readonly field: string | null;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly next: {
        readonly en: string;
        readonly zh: string;
      } | null;
      readonly cite: string | null;
    })[];
  };
  readonly "loan.papers": {
    readonly loan: string;
    readonly asOf: string;
    readonly items: readonly ({
      readonly kind: "complaint-loan" | "complaint-card" | "payment-order" | "preservation-before-suit" | "preservation-in-suit" | "mediation" | "judicial-confirmation" | "enforcement" | "settlement" | "enforcement-settlement" | "withdrawal" | "evidence-catalogue" | "authority-general" | "authority-special" | "firm-letter" | "representative-certificate" | "address-confirmation";
      readonly name: {
        readonly en: string;
        readonly zh: string;
      };
      readonly filed: boolean;
      readonly stops: number;
      readonly warns: number;
    })[];
  };
  readonly "loan.presence": {
    readonly others: readonly ({
      readonly name: string;
      readonly since: string;
    })[];
  };
  readonly "loan.proceeding": {
    readonly proceeding: string;
    readonly kind: string;
    readonly kindSays: {
      readonly en: string;
      readonly zh: string;
    };
    readonly procedure: string | null;
    readonly procedureSays: {
      readonly en: string;
      readonly zh: string;
    } | null;
    readonly state: string;
    readonly stateSays: {
      readonly en: string;
      readonly zh: string;
    };
    readonly over: boolean;
    readonly court: string;
    readonly caseNumber: string | null;
    readonly appealNumber: string | null;
    readonly loans: readonly (string)[];
    readonly currency: string;
    readonly openedOn: string;
    readonly claimed: string | null;
    readonly firm: string | null;
    readonly lawyer: string | null;
    readonly performBy: string | null;
    readonly award: readonly ({
      readonly loan: string;
      readonly principal: string;
      readonly interest: string;
      readonly costs: string;
    })[] | null;
    readonly days: readonly ({
      readonly what: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly by: string;
      readonly actor: {
        readonly en: string;
        readonly zh: string;
      };
      readonly lastOn: string;
      readonly daysLeft: number;
      readonly certain: boolean;
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      } | null;
      readonly verification: string | null;
    })[];
    readonly fees: {
      readonly lines: readonly ({
        readonly of: string;
        readonly charged: string;
        readonly prepaidBy: string;
        readonly prepaid: string;
        readonly fromCourt: string;
        readonly fromDebtor: string;
        readonly applicant: string;
        readonly debtor: string;
        readonly open: string;
        readonly because: readonly ({
          readonly rule: string;
          readonly cite: {
            readonly law: string;
            readonly at: string;
            readonly quote: string;
          };
        })[];
      })[];
      readonly total: {
        readonly charged: string;
        readonly prepaid: string;
        readonly applicant: string;
        readonly debtor: string;
        readonly open: string;
      };
    } | null;
    readonly history: readonly ({
      readonly event: string;
      readonly on: string;
      readonly by: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly last: boolean;
    })[];
    readonly may: readonly ({
      readonly key: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly event: string;
      readonly with: Readonly<Record<string, string>>;
      readonly fields: readonly ({
        readonly column: string;
        readonly kind: string;
        readonly choices: readonly (string)[] | null;
        readonly needed: boolean;
      })[];
    })[];
  };
  readonly "loan.proceeding-event": {
    readonly proceeding: string;
    readonly became: "recorded" | "known" | "would-record";
    readonly booked: readonly (string)[];
    readonly fed: readonly (string)[];
    readonly told: Readonly<Record<string, unknown>>;
  };
  readonly "loan.proceeding-open": {
    readonly proceeding: string;
    readonly became: "recorded" | "known" | "would-record";
    readonly booked: readonly (string)[];
    readonly fed: readonly (string)[];
    readonly told: Readonly<Record<string, unknown>>;
  };
  readonly "loan.proceedings": {
    readonly items: readonly (Readonly<Record<string, unknown>>)[];
  };
  readonly "loan.read": {
    readonly loan: string;
    readonly lender: string;
    readonly product?: string;
    readonly source?: string;
    readonly currency: string;
    readonly principal?: string;
    readonly asOf: string;
    readonly status: string;
    readonly dpd: number;
    readonly bucket: string;
    readonly outstanding?: string;
    readonly arrears: {
      readonly principal: string;
      readonly interest: string;
      readonly lateInterest: string;
      readonly compoundInterest: string;
      readonly fee: string;
      readonly penalty: string;
      readonly recoveryCost: string;
      readonly total: string;
    };
    readonly dueOn: string | null;
    readonly nextDue: {
      readonly on: string;
      readonly amount: string;
    } | null;
    readonly contractual?: string;
    readonly payoff: string;
    readonly unapplied?: string;
    readonly claimable?: string;
    readonly ceiling?: Readonly<Record<string, unknown>>;
    readonly promises?: readonly (Readonly<Record<string, unknown>>)[];
    readonly differences?: readonly (Readonly<Record<string, unknown>>)[];
    readonly limitation?: {
      readonly expiresOn: string | null;
      readonly worstOn: string;
      readonly state: string;
    };
    readonly person?: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly on: string;
      readonly at: string;
      readonly says: string;
    })[];
    readonly version: number;
  };
  readonly "loan.record": {
    readonly loan: string;
    readonly id: string;
    readonly kind: string;
    readonly became: "recorded" | "known" | "would-record" | "proposed";
    readonly bookedOn: string | null;
    readonly approval: string | null;
  };
  readonly "loan.schedule": {
    readonly loan: string;
    readonly asOf: string;
    readonly items: readonly ({
      readonly n: number;
      readonly dueOn: string;
      readonly days: number;
      readonly principal: string;
      readonly interest: string;
      readonly principalPaid: string;
      readonly interestPaid: string;
      readonly released: string;
      readonly balance: string;
    })[];
  };
  readonly "loan.timeline": {
    readonly items: readonly ({
      readonly on: string;
      readonly kind: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly by: string;
    })[];
    readonly next: string | null;
  };
  readonly "loan.verify": {
    readonly loan: string;
    readonly facts: number;
    readonly findings: readonly (string)[];
  };
  readonly "loan.ways": {
    readonly loan: string;
    readonly currency: string;
    readonly asOf: string;
    readonly pastDue: string;
    readonly payoff: string;
    readonly surplus: string | null;
    readonly household?: {
      readonly needed: string;
      readonly short: string;
      readonly left: string;
    };
    readonly ways: readonly ({
      readonly way: string;
      readonly words: {
        readonly en: string;
        readonly zh: string;
      };
      readonly possible: boolean;
      readonly offerable?: boolean;
      readonly total?: string;
      readonly cost?: string;
      readonly months?: number;
      readonly monthly?: string;
      readonly endsOn?: string;
      readonly affordable?: boolean;
      readonly exposureWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly recordWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly restartsLimitation?: boolean;
      readonly payments?: readonly ({
        readonly on: string;
        readonly amount: string;
      })[];
      readonly whyWords?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly leastMonthly?: string;
      readonly says?: string;
    })[];
  };
  readonly "loan.why": {
    readonly loan: string;
    readonly at: string;
    readonly placedWith: string | null;
    readonly limitation?: {
      readonly expiresOn: string | null;
      readonly worstOn: string;
      readonly state: string;
    };
    readonly channels: readonly ({
      readonly via: string;
      readonly verdict: string;
      readonly because: readonly (Readonly<Record<string, unknown>>)[];
      readonly allowedFrom?: string;
    })[];
    readonly person: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly on: string;
      readonly at: string;
      readonly says: string;
    })[] | null;
  };
  readonly "loans.list": {
    readonly items: readonly ({
      readonly loan: string;
      readonly borrower: string;
      readonly product: string;
      readonly status: string;
      readonly setAside: boolean;
      readonly dpd: number;
      readonly bucket: string;
      readonly outstanding: string;
      readonly arrears: string;
      readonly currency: string;
    })[];
    readonly next: string | null;
  };
  readonly "passkey.add": {
    readonly id: string;
    readonly name: string;
  };
  readonly "passkey.ask": {
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly "passkey.begin": {
    readonly options: Readonly<Record<string, unknown>>;
  };
  readonly "passkey.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly name: string;
      readonly createdAt: string;
      readonly usedAt: string | null;
    })[];
  };
  readonly "passkey.remove": {
    readonly done: true;
  };
  readonly "passkey.sign-in": {
    readonly csrf: string;
    readonly endsAt: string;
    readonly setUp: boolean;
  };
  readonly "placed.list": {
    readonly items: readonly ({
      readonly loan: string;
      readonly placement: string;
      readonly from: string;
      readonly until: string | null;
      readonly name: string | null;
      readonly phone: string | null;
      readonly language: string | null;
      readonly zone: string;
      readonly currency: string;
      readonly dpd: number;
      readonly dueOn: string | null;
      readonly arrears: string;
      readonly payoff: string;
      readonly promise: string | null;
      readonly contactsToday: number;
    })[];
  };
  readonly "proceedings.list": {
    readonly items: readonly ({
      readonly proceeding: string;
      readonly kind: string;
      readonly kindSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly state: string;
      readonly stateSays: {
        readonly en: string;
        readonly zh: string;
      };
      readonly over: boolean;
      readonly court: string;
      readonly caseNumber: string | null;
      readonly loans: readonly (string)[];
      readonly openedOn: string;
      readonly firm: string | null;
      readonly next: {
        readonly what: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
        readonly by: string;
        readonly actor: {
          readonly en: string;
          readonly zh: string;
        };
        readonly lastOn: string;
        readonly daysLeft: number;
        readonly certain: boolean;
        readonly cite: {
          readonly law: string;
          readonly at: string;
          readonly quote: string;
        } | null;
        readonly verification: string | null;
      } | null;
    })[];
    readonly next: string | null;
  };
  readonly "promises.list": {
    readonly items: readonly ({
      readonly loan: string;
      readonly currency: string;
      readonly on: string;
      readonly amount: string;
      readonly takenBy: string | null;
    })[];
  };
  readonly "request.file-add": {
    readonly became: "recorded" | "known" | "would-record";
    readonly sha256: string;
    readonly name: string;
    readonly bytes: number;
  };
  readonly "requests.list": {
    readonly items: readonly (unknown)[];
  };
  readonly "rule.read": {
    readonly pack: string;
    readonly version: string;
    readonly id: string;
    readonly says: {
      readonly en: string;
      readonly zh: string;
    };
    readonly cite: {
      readonly law: string;
      readonly at: string;
      readonly quote: string;
    };
    readonly force: string;
    readonly layer: string;
    readonly verification: string;
    readonly from: string;
    readonly to: string | null;
    readonly governs: readonly (string)[];
    readonly params: readonly (string)[];
    readonly values: readonly (Readonly<Record<string, unknown>>)[];
  };
  readonly "rules.list": {
    readonly items: readonly ({
      readonly pack: string;
      readonly version: string;
      readonly id: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      };
      readonly force: string;
      readonly layer: string;
      readonly verification: string;
      readonly from: string;
      readonly to: string | null;
      readonly governs: readonly (string)[];
      readonly params: readonly (string)[];
    })[];
  };
  readonly "search.people": {
    readonly items: readonly ({
      readonly kind: "borrower";
      readonly id: string;
      readonly loan: string;
    })[];
  };
  readonly "search.read": {
    readonly items: readonly ({
      readonly kind: "loan" | "borrower" | "letter";
      readonly id: string;
      readonly loan: string | null;
    })[];
  };
  readonly "server.health": {
    readonly ok: true;
  };
  readonly "server.ready": {
    readonly ok: true;
    readonly version: number;
  };
  readonly "session.begin-code": {
    readonly key: string;
    readonly address: string;
    readonly proof: string;
  };
  readonly "session.confirm-code": {
    readonly done: true;
  };
  readonly "session.end-others": {
    readonly ended: number;
  };
  readonly "session.go": {
    readonly address: string;
  };
  readonly "session.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly how: string;
      readonly createdAt: string;
      readonly seenAt: string;
      readonly endsAt: string;
      readonly isThis: boolean;
    })[];
  };
  readonly "session.may": {
    readonly may: readonly (string)[];
  };
  readonly "session.me": {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly lender: string;
    readonly party: string | null;
    readonly csrf: string | null;
    readonly setUp: boolean;
    readonly session: {
      readonly id: string;
      readonly how: string;
      readonly createdAt: string;
      readonly endsAt: string;
    } | null;
  };
  readonly "session.set-password": {
    readonly done: true;
  };
  readonly "session.sign-in": {
    readonly csrf: string;
    readonly endsAt: string;
    readonly setUp: boolean;
  };
  readonly "session.sign-out": {
    readonly done: true;
  };
  readonly "session.use-link": {
    readonly csrf: string;
    readonly endsAt: string;
    readonly setUp: boolean;
  };
  readonly "session.ways": {
    readonly passkeys: boolean;
    readonly providers: readonly ({
      readonly id: string;
      readonly name: {
        readonly en: string;
        readonly zh: string;
      };
    })[];
  };
  readonly "strategies.list": {
    readonly items: readonly ({
      readonly strategy: string;
      readonly name: string;
      readonly version: number;
      readonly from: string;
      readonly state: string;
      readonly products: readonly (string)[];
      readonly events: readonly ({
        readonly what: string;
        readonly by: string;
        readonly at: string;
        readonly remark: string;
      })[];
    })[];
  };
  readonly "strategy.propose": {
    readonly strategy: string;
    readonly became: "new" | "same";
  };
  readonly "strategy.read": {
    readonly strategy: string;
    readonly name: string;
    readonly version: number;
    readonly from: string;
    readonly state: string;
    readonly products: readonly (string)[];
    readonly events: readonly ({
      readonly what: string;
      readonly by: string;
      readonly at: string;
      readonly remark: string;
    })[];
    readonly body: string;
  };
  readonly "strategy.release": {
    readonly strategy: string;
    readonly released: true;
  };
  readonly "strategy.try": {
    readonly strategy: string;
    readonly days: readonly (Readonly<Record<string, unknown>>)[];
  };
  readonly "strategy.try-book": {
    readonly job: string;
  };
  readonly "strategy.withdraw": {
    readonly strategy: string;
    readonly withdrawn: true;
  };
  readonly "today.did": {
    readonly items: readonly ({
      readonly loan: string;
      readonly step: string | null;
      readonly via: string | null;
      readonly dpd: number | null;
      readonly rules: readonly (string)[];
    })[];
    readonly next: string | null;
  };
  readonly "today.read": {
    readonly lender: string;
    readonly name: string;
    readonly currency: string;
    readonly closedThrough: string;
    readonly day: string;
    readonly night: {
      readonly day: string;
      readonly touched: number;
      readonly facts: number;
      readonly actions: number;
      readonly refused: number;
      readonly asked: number;
      readonly setAside: number;
      readonly cured: number;
    } | null;
    readonly byRule: readonly ({
      readonly rule: string;
      readonly times: number;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      } | null;
    })[];
    readonly nights: readonly ({
      readonly day: string;
      readonly touched: number;
      readonly facts: number;
      readonly actions: number;
      readonly refused: number;
      readonly asked: number;
      readonly setAside: number;
      readonly cured: number;
    })[];
    readonly book: {
      readonly loans: number;
      readonly ended: number;
      readonly writtenOff: number;
      readonly setAside: number;
      readonly inArrears: number;
      readonly arrears: string;
      readonly bands: readonly ({
        readonly band: number;
        readonly name: string;
        readonly loans: number;
        readonly outstanding: string;
        readonly arrears: string;
        readonly share: number;
      })[];
    } | null;
    readonly waiting: {
      readonly letters: number;
      readonly approvals: number;
      readonly failed: number;
      readonly promises: number;
      readonly days: number;
      readonly complaints: number;
      readonly hardship: number;
      readonly most: number;
    } | null;
    readonly closing: {
      readonly job: string;
      readonly through: string | null;
      readonly label: string;
      readonly done: number;
      readonly of: number;
    } | null;
    readonly lookAt: readonly ({
      readonly loan: string;
      readonly why: "largest-arrears" | "cured" | "refused";
    })[];
  };
  readonly "today.refused": {
    readonly items: readonly ({
      readonly loan: string;
      readonly step: string;
      readonly via: string;
      readonly strategy: string;
      readonly dpd: number;
      readonly became: "refused" | "asked";
      readonly rules: readonly (string)[];
      readonly again: string | null;
    })[];
    readonly next: string | null;
    readonly says: {
      readonly en: string;
      readonly zh: string;
    } | null;
  };
  readonly "token.create": {
    readonly id: string;
    readonly token: string;
    readonly expiresAt: string;
  };
  readonly "token.revoke": {
    readonly id: string;
    readonly revoked: true;
  };
  readonly "tokens.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly (string)[];
      readonly createdBy: string;
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly revokedAt: string | null;
    })[];
  };
  readonly "user.disable": {
    readonly user: string;
    readonly active: boolean;
  };
  readonly "users.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly name: string;
      readonly role: string;
      readonly party: string | null;
      readonly active: boolean;
      readonly hasPassword: boolean;
      readonly hasCode: boolean;
    })[];
  };
  readonly "webhook.create": {
    readonly id: string;
    readonly secret: string;
  };
  readonly "webhook.deliveries": {
    readonly items: readonly ({
      readonly id: string;
      readonly kind: string;
      readonly state: "waiting" | "delivered" | "dead";
      readonly tries: number;
      readonly nextAt: string;
      readonly lastAt: string | null;
      readonly lastStatus: number | null;
      readonly lastSays: string | null;
    })[];
  };
  readonly "webhook.remove": {
    readonly id: string;
    readonly removed: true;
  };
  readonly "webhook.replay": {
    readonly id: string;
    readonly replayed: number;
  };
  readonly "webhook.rotate": {
    readonly id: string;
    readonly secret: string;
    readonly oldUntil: string;
  };
  readonly "webhook.test": {
    readonly id: string;
    readonly status: number | null;
    readonly says: string;
  };
  readonly "webhooks.list": {
    readonly items: readonly ({
      readonly id: string;
      readonly url: string;
      readonly events: readonly (string)[];
      readonly state: "active" | "disabled" | "gone";
      readonly createdBy: string;
      readonly createdAt: string;
    })[];
    readonly events: readonly (string)[];
  };
  readonly "wish.make": {
    readonly became: "recorded" | "known" | "would-record";
    readonly reference: string;
    readonly wish: string;
    readonly facts: readonly (string)[];
  };
  readonly "words.check": {
    readonly forbidden: readonly ({
      readonly from: number;
      readonly to: number;
      readonly found: string;
      readonly what: {
        readonly en: string;
        readonly zh: string;
      };
      readonly rule: string;
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly suggestion: {
        readonly en: string;
        readonly zh: string;
      };
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      };
      readonly verification: string;
    })[];
    readonly required: readonly ({
      readonly what: {
        readonly en: string;
        readonly zh: string;
      };
      readonly rule: string;
      readonly cite: {
        readonly law: string;
        readonly at: string;
        readonly quote: string;
      };
      readonly verification: string;
    })[];
  };
  readonly "worklist.call": {
    readonly may: boolean;
    readonly action?: string;
    readonly number?: string;
    readonly language?: string;
    readonly loans?: readonly (string)[];
    readonly script?: string;
    readonly why?: string;
    readonly rules: readonly (string)[];
    readonly from?: string;
  };
  readonly "worklist.codes": {
    readonly items: readonly ({
      readonly code: string;
      readonly of: "call" | "question";
      readonly says: {
        readonly en: string;
        readonly zh: string;
      };
      readonly asks: readonly (string)[];
      readonly holds: readonly (string)[];
    })[];
  };
  readonly "worklist.next": {
    readonly action: string;
    readonly act: string;
    readonly what: string;
    readonly borrower: string;
    readonly loans: readonly (string)[];
    readonly products: readonly (string)[];
    readonly stages: readonly (string)[];
    readonly language?: string | null;
    readonly dpd: number;
    readonly arrears: string;
    readonly reason: string;
    readonly says: string;
    readonly since: string;
    readonly lastContact: string | null;
    readonly claimedBy: string | null;
    readonly claimedUntil: string | null;
    readonly until: string;
    readonly again: boolean;
  };
  readonly "worklist.read": {
    readonly items: readonly ({
      readonly action: string;
      readonly act: string;
      readonly what: string;
      readonly borrower: string;
      readonly loans: readonly (string)[];
      readonly products: readonly (string)[];
      readonly stages: readonly (string)[];
      readonly language?: string | null;
      readonly dpd: number;
      readonly arrears: string;
      readonly reason: string;
      readonly says: string;
      readonly since: string;
      readonly lastContact: string | null;
      readonly claimedBy: string | null;
      readonly claimedUntil: string | null;
    })[];
    readonly all: number;
  };
  readonly "worklist.release": {
    readonly released: true;
  };
  readonly "worklist.result": {
    readonly action: string;
    readonly code: string;
    readonly loans: readonly (string)[];
    readonly holds: readonly (string)[];
    readonly dropped?: string;
    readonly promise?: string;
  };
}
