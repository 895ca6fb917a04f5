// Made by `npm run api-docs` from the description of the API. Not to be edited.

export interface Calls {
  readonly "actions.list": {
    readonly query?: { readonly state?: "planned" | "started" | "done" | "cancelled" | "unknown" | "failed"; readonly limit?: number };
    readonly answer: {
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
  };
  readonly "actions.retry": {
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly actions: readonly (string)[];
      readonly reason: string;
      readonly surelyNotSent?: boolean;
    };
    readonly answer: {
      readonly dryRun: boolean;
      readonly items: readonly ({
        readonly action: string;
        readonly done: boolean;
        readonly code: string;
        readonly says?: string;
        readonly saysZh?: string;
        readonly would?: string;
      })[];
    };
  };
  readonly "analytics.loans": {
    readonly query: { readonly cursor?: string; readonly limit?: number; readonly of: "stock" | "roll" | "fact" | "ever" | "booked"; readonly product?: string; readonly on?: string; readonly cell?: number; readonly to?: string; readonly from?: string; readonly month?: string; readonly months?: number; readonly level?: "30" | "90"; readonly what?: string; readonly x?: string; readonly y?: string };
    readonly answer: {
      readonly items: readonly ({
        readonly loan: string;
        readonly on: string | null;
        readonly amount: string | null;
      })[];
      readonly next: string | null;
    };
  };
  readonly "analytics.read": {
    readonly params: { readonly report: "roll" | "vintage" | "funnel" | "contacts" | "recoveries" | "promises" | "agencies" | "arms" | "complaints" | "ages" };
    readonly query?: { readonly from?: string; readonly to?: string; readonly product?: string };
    readonly answer: {
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
  };
  readonly "approval.decide": {
    readonly params: { readonly approval: string };
    readonly body: {
      readonly decision: "approved" | "refused";
      readonly remark: string;
    };
    readonly answer: {
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
      readonly version: number;
    };
  };
  readonly "approval.read": {
    readonly params: { readonly approval: string };
    readonly answer: {
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
      readonly version: number;
    };
  };
  readonly "approvals.list": {
    readonly query?: { readonly state?: "proposed" | "approved" | "refused"; readonly limit?: number };
    readonly answer: {
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
        readonly version: number;
      })[];
    };
  };
  readonly "audit.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly subject?: string; readonly who?: string };
    readonly answer: {
      readonly items: readonly ({
        readonly at: string;
        readonly request: string;
        readonly who: string;
        readonly role: string;
        readonly action: string;
        readonly purpose: {
          readonly en: string;
          readonly zh: string;
        } | null;
        readonly relation: string;
        readonly subject: string;
        readonly allowed: boolean;
        readonly status: number;
        readonly remark: string | null;
      })[];
      readonly next: string | null;
    };
  };
  readonly "book.verify": {
    readonly answer: {
      readonly job: string;
    };
  };
  readonly "borrower.read": {
    readonly params: { readonly borrower: string };
    readonly answer: {
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
        readonly disputed: string;
        readonly askable: string;
        readonly currency: string;
      })[];
      readonly person: readonly ({
        readonly id: string;
        readonly kind: string;
        readonly on: string;
        readonly at: string;
        readonly says: string;
        readonly saysZh: string;
      })[];
    };
  };
  readonly "borrower.reveal": {
    readonly params: { readonly borrower: string };
    readonly body: {
      readonly fields: readonly ("name" | "phone" | "email" | "address" | "app")[];
      readonly reason: string;
    };
    readonly answer: {
      readonly borrower: string;
      readonly contact: {
        readonly name?: string | null;
        readonly phone?: string | null;
        readonly email?: string | null;
        readonly app?: string | null;
        readonly address?: string | null;
      };
    };
  };
  readonly "cases.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly case: string;
        readonly loan: string;
        readonly firm: string;
        readonly engagement: string;
        readonly batch: string;
        readonly state: string;
      })[];
    };
  };
  readonly "close.start": {
    readonly body: {
      readonly through: string;
    };
    readonly answer: {
      readonly job: string;
    };
  };
  readonly "closes.list": {
    readonly query?: { readonly limit?: number };
    readonly answer: {
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
  };
  readonly "collectors.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly name: string;
        readonly team: string;
        readonly lead: boolean;
        readonly active: boolean;
        readonly capacity: number | null;
      })[];
    };
  };
  readonly "complaint.event": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: unknown;
    readonly answer: {
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
  };
  readonly "complaint.open": {
    readonly params: { readonly borrower: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly loans: readonly (string)[];
      readonly kind: "sum-wrong" | "not-mine" | "identity-theft" | "conduct" | "privacy" | "third-person" | "letter-false" | "credit-record" | "other";
      readonly words: string;
      readonly channel?: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly receivedOn?: string;
      readonly disputed?: string;
      readonly happenedOn?: string;
      readonly against?: string;
    };
    readonly answer: {
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
  };
  readonly "complaint.read": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly answer: {
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
  readonly "complaints.list": {
    readonly query?: { readonly state?: "received" | "acknowledged" | "asked" | "upheld" | "partly" | "rejected" | "escalated" | "withdrawn" | "closed"; readonly kind?: "sum-wrong" | "not-mine" | "identity-theft" | "conduct" | "privacy" | "third-person" | "letter-false" | "credit-record" | "other"; readonly within?: number; readonly limit?: number };
    readonly answer: {
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
  };
  readonly "court.deadlines": {
    readonly query?: { readonly from?: string; readonly to?: string };
    readonly answer: {
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
  };
  readonly "enforcement.kinds": {
    readonly answer: {
      readonly common: readonly (string)[];
      readonly items: readonly ({
        readonly event: string;
        readonly fields: readonly ({
          readonly column: string;
          readonly choices: readonly (string)[] | null;
        })[];
      })[];
    };
  };
  readonly "enforcements.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly state?: "applied" | "accepted" | "noticed" | "settled" | "settlement-broken" | "stayed" | "round-ended" | "sued" | "rejected" | "closed" };
    readonly answer: {
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
  };
  readonly "events.record": {
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly events: readonly ({
        readonly loan: string;
        readonly id: string;
        readonly kind: "payment" | "reversal" | "charge" | "waiver" | "pause" | "resume" | "acceleration" | "settlement" | "refund" | "write-off" | "assignment" | "judgment" | "deferral" | "extension" | "restructure" | "re-age" | "hold" | "lift" | "promise" | "promise-withdrawal" | "consent" | "withdrawal" | "stop" | "lift-stop" | "times" | "agreed-times" | "notice" | "notice-return" | "ban" | "ban-end" | "attorney" | "employer" | "guarantor" | "contact" | "placement" | "recall";
        readonly on?: string;
        readonly with?: Readonly<Record<string, string>>;
      })[];
      readonly reason?: string;
    };
    readonly answer: {
      readonly dryRun: boolean;
      readonly recorded: number;
      readonly items: readonly ({
        readonly loan: string;
        readonly id: string;
        readonly became: "recorded" | "known" | "would-record" | "refused";
        readonly bookedOn: string | null;
        readonly code: string | null;
        readonly says: string | null;
        readonly saysZh: string | null;
      })[];
    };
  };
  readonly "evidence.propose": {
    readonly params: { readonly loan: string };
    readonly body: {
      readonly reason: string;
      readonly asOf?: string;
    };
    readonly answer: {
      readonly approval: string;
    };
  };
  readonly "hardship.agreement": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly query?: { readonly language?: "zh-CN" | "en" };
    readonly answer: {
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
  };
  readonly "hardship.event": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: unknown;
    readonly answer: {
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
          readonly heavier: string | null;
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
        readonly guarantor: {
          readonly name: string;
          readonly consent: "not-needed" | "awaited" | "given" | "without";
          readonly heavier: string | null;
          readonly proof: string | null;
          readonly words: {
            readonly en: string;
            readonly zh: string;
          };
          readonly because: readonly ({
            readonly law: string;
            readonly at: string;
            readonly quote: string;
            readonly param: string;
            readonly force: string;
            readonly verification: string;
          })[];
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
  };
  readonly "hardship.list": {
    readonly query?: { readonly state?: "requested" | "asked" | "proposed" | "offered" | "consenting" | "running" | "refused" | "declined" | "lapsed" | "withdrawn" | "ended"; readonly within?: number; readonly limit?: number };
    readonly answer: {
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
  };
  readonly "hardship.read": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly answer: {
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
        readonly heavier: string | null;
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
      readonly guarantor: {
        readonly name: string;
        readonly consent: "not-needed" | "awaited" | "given" | "without";
        readonly heavier: string | null;
        readonly proof: string | null;
        readonly words: {
          readonly en: string;
          readonly zh: string;
        };
        readonly because: readonly ({
          readonly law: string;
          readonly at: string;
          readonly quote: string;
          readonly param: string;
          readonly force: string;
          readonly verification: string;
        })[];
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
  readonly "hardship.request": {
    readonly params: { readonly borrower: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly loan: string;
      readonly reasons: readonly ("illness" | "job-loss" | "income-fell" | "family" | "disaster" | "accident" | "business-failed" | "other")[];
      readonly words: string;
      readonly channel?: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly receivedOn?: string;
      readonly household?: {
        readonly income: string;
        readonly living: string;
        readonly dependants?: number;
        readonly dependantsNeed?: string;
        readonly otherDebts?: string;
      };
      readonly wish?: string;
    };
    readonly answer: {
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
          readonly heavier: string | null;
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
        readonly guarantor: {
          readonly name: string;
          readonly consent: "not-needed" | "awaited" | "given" | "without";
          readonly heavier: string | null;
          readonly proof: string | null;
          readonly words: {
            readonly en: string;
            readonly zh: string;
          };
          readonly because: readonly ({
            readonly law: string;
            readonly at: string;
            readonly quote: string;
            readonly param: string;
            readonly force: string;
            readonly verification: string;
          })[];
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
  };
  readonly "hardship.ways": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly query?: { readonly months?: number };
    readonly answer: {
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
        readonly heavier?: string;
        readonly guarantorWords?: {
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
  };
  readonly "import.upload": {
    readonly params: { readonly kind: "loans" | "payments" | "balances" };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly answer: {
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
        readonly saysZh: string;
      })[];
    };
  };
  readonly "imports.list": {
    readonly query?: { readonly limit?: number };
    readonly answer: {
      readonly items: readonly ({
        readonly kind: string;
        readonly name: string;
        readonly sha256: string;
        readonly at: string;
        readonly report: Readonly<Record<string, unknown>>;
      })[];
    };
  };
  readonly "job.cancel": {
    readonly params: { readonly job: string };
    readonly answer: {
      readonly job: string;
      readonly cancelling: true;
    };
  };
  readonly "job.read": {
    readonly params: { readonly job: string };
    readonly answer: {
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
  };
  readonly "job.retry": {
    readonly params: { readonly job: string };
    readonly answer: {
      readonly job: string;
    };
  };
  readonly "jobs.list": {
    readonly query?: { readonly kind?: string; readonly limit?: number };
    readonly answer: {
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
  };
  readonly "laws.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly law: string;
        readonly name: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
      readonly reasons: readonly ({
        readonly id: string;
        readonly says: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
    };
  };
  readonly "lender.read": {
    readonly answer: {
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
  };
  readonly "letter.approve": {
    readonly params: { readonly letter: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly answer: {
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "letter.open": {
    readonly params: { readonly letter: string };
    readonly answer: {
      readonly letter: string;
      readonly text: string;
    };
  };
  readonly "letter.read": {
    readonly params: { readonly letter: string };
    readonly answer: {
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
      readonly version: number;
    };
  };
  readonly "letter.return": {
    readonly params: { readonly letter: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly reason: string;
    };
    readonly answer: {
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "letter.sign": {
    readonly params: { readonly letter: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly answer: {
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "letter.withdraw": {
    readonly params: { readonly letter: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly reason: string;
      readonly by?: string;
    };
    readonly answer: {
      readonly letter: string;
      readonly done: boolean;
      readonly code: string;
      readonly says?: {
        readonly en: string;
        readonly zh: string;
      };
      readonly checks?: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "letters.approve": {
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly letters: readonly (string)[];
      readonly sample?: {
        readonly n: number;
        readonly seed: number;
      };
    };
    readonly answer: {
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
  };
  readonly "letters.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly state?: "drafted" | "approved" | "sent-back" | "signed" | "handed-over" | "delivered" | "refused" | "returned" | "unknown" | "answered" | "deadline-passed" | "next-proposed" | "stopped" | "withdrawn" | "replaced" };
    readonly answer: {
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
  };
  readonly "letters.sign": {
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly letters: readonly (string)[];
    };
    readonly answer: {
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
  };
  readonly "loan.advice": {
    readonly params: { readonly loan: string };
    readonly answer: {
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
  };
  readonly "loan.borrower": {
    readonly params: { readonly loan: string };
    readonly answer: {
      readonly loan: string;
      readonly borrower: string;
    };
  };
  readonly "loan.contacts": {
    readonly params: { readonly loan: string };
    readonly answer: {
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
  };
  readonly "loan.courts": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly for?: "suit" | "payment-order" };
    readonly answer: {
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
  };
  readonly "loan.enforcement": {
    readonly params: { readonly loan: string; readonly enforcement: string };
    readonly answer: {
      readonly enforcement: string;
      readonly version: number;
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
    };
  };
  readonly "loan.enforcement-apply": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly court: string;
      readonly number: string;
      readonly on: string;
      readonly debt?: string;
      readonly outside?: string;
      readonly valueOn?: string;
      readonly performBy?: string;
      readonly proof?: string;
      readonly id?: string;
    };
    readonly answer: {
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
  };
  readonly "loan.enforcement-event": {
    readonly params: { readonly loan: string; readonly enforcement: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly event: "accepted" | "rejected" | "noticed" | "assets" | "wish" | "granted" | "ended" | "recovered" | "settled" | "broken" | "stayed" | "resumed" | "round-ended" | "searched" | "penalty" | "closed" | "list" | "reversed";
      readonly on: string;
      readonly with?: Readonly<Record<string, string>>;
    };
    readonly answer: {
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
  };
  readonly "loan.enforcements": {
    readonly params: { readonly loan: string };
    readonly answer: {
      readonly items: readonly ({
        readonly enforcement: string;
        readonly version: number;
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
  };
  readonly "loan.forecast": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly asOf?: string; readonly through?: string; readonly pay?: string; readonly on?: string };
    readonly answer: {
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
  };
  readonly "loan.limitation": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly asOf?: string };
    readonly answer: {
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
  };
  readonly "loan.line": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly asOf?: string };
    readonly answer: {
      readonly loan: string;
      readonly currency: string;
      readonly points: readonly ({
        readonly on: string;
        readonly outstanding: string;
        readonly arrears: string;
        readonly dpd: number;
      })[];
    };
  };
  readonly "loan.message-send": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly step: string;
      readonly via: "app" | "text" | "call" | "email" | "letter";
    };
    readonly answer: {
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
  };
  readonly "loan.message-take-back": {
    readonly params: { readonly loan: string };
    readonly body: {
      readonly on?: string;
    };
    readonly answer: {
      readonly loan: string;
      readonly on: string;
      readonly takenBack: true;
    };
  };
  readonly "loan.messages": {
    readonly params: { readonly loan: string };
    readonly answer: {
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
  };
  readonly "loan.paper": {
    readonly params: { readonly loan: string; readonly kind: "complaint-loan" | "complaint-card" | "payment-order" | "preservation-before-suit" | "preservation-in-suit" | "mediation" | "judicial-confirmation" | "enforcement" | "settlement" | "enforcement-settlement" | "withdrawal" | "evidence-catalogue" | "authority-general" | "authority-special" | "firm-letter" | "representative-certificate" | "address-confirmation" };
    readonly query?: { readonly court?: string; readonly reason?: string };
    readonly answer: {
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
  };
  readonly "loan.papers": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly court?: string; readonly reason?: string };
    readonly answer: {
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
  };
  readonly "loan.presence": {
    readonly params: { readonly loan: string };
    readonly answer: {
      readonly others: readonly ({
        readonly name: string;
        readonly since: string;
      })[];
    };
  };
  readonly "loan.proceeding": {
    readonly params: { readonly loan: string; readonly proceeding: string };
    readonly answer: {
      readonly proceeding: string;
      readonly version: number;
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
  };
  readonly "loan.proceeding-event": {
    readonly params: { readonly loan: string; readonly proceeding: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly event: "taken-back" | "preserved" | "filed" | "fee-noticed" | "fee-paid" | "fee-refunded" | "accepted" | "served" | "answered" | "jurisdiction-objected" | "jurisdiction-ruled" | "converted" | "extended" | "period-set" | "period-kept" | "hearing-set" | "adjourned" | "heard" | "mediated" | "mediation-failed" | "withdrawn" | "ruled" | "judgment" | "claim-dismissed" | "appealed" | "appeal-accepted" | "appeal-decided" | "issued" | "objected" | "objection-dismissed" | "voided" | "suit-refused" | "became-suit" | "agreed" | "confirmation-applied" | "confirmed" | "confirmation-refused" | "effective" | "enforcement-applied" | "performed" | "ended";
      readonly on: string;
      readonly with?: Readonly<Record<string, string>>;
    };
    readonly answer: {
      readonly proceeding: string;
      readonly became: "recorded" | "known" | "would-record";
      readonly booked: readonly (string)[];
      readonly fed: readonly (string)[];
      readonly told: Readonly<Record<string, unknown>>;
      readonly version: number;
    };
  };
  readonly "loan.proceeding-open": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly kind: "mediation" | "payment-order" | "suit";
      readonly court: string;
      readonly on: string;
      readonly engagement?: string;
      readonly firm?: string;
      readonly lawyer?: string;
      readonly claimed?: string;
      readonly procedure?: "ordinary" | "summary" | "small-claims";
      readonly letter?: string;
      readonly after?: string;
      readonly id?: string;
    };
    readonly answer: {
      readonly proceeding: string;
      readonly became: "recorded" | "known" | "would-record";
      readonly booked: readonly (string)[];
      readonly fed: readonly (string)[];
      readonly told: Readonly<Record<string, unknown>>;
      readonly version: number;
    };
  };
  readonly "loan.proceedings": {
    readonly params: { readonly loan: string };
    readonly answer: {
      readonly items: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "loan.read": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly asOf?: string; readonly knownOn?: string };
    readonly answer: {
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
      readonly disputed: string;
      readonly askable: string;
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
        readonly saysZh: string;
      })[];
      readonly version: number;
    };
  };
  readonly "loan.record": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly kind: "payment" | "reversal" | "charge" | "waiver" | "pause" | "resume" | "acceleration" | "settlement" | "refund" | "write-off" | "assignment" | "judgment" | "deferral" | "extension" | "restructure" | "re-age" | "hold" | "lift" | "promise" | "promise-withdrawal" | "consent" | "withdrawal" | "stop" | "lift-stop" | "times" | "agreed-times" | "notice" | "notice-return" | "ban" | "ban-end" | "attorney" | "employer" | "guarantor" | "contact" | "placement" | "recall";
      readonly on?: string;
      readonly id?: string;
      readonly with?: Readonly<Record<string, string>>;
      readonly reason?: string;
    };
    readonly answer: {
      readonly loan: string;
      readonly id: string;
      readonly kind: string;
      readonly became: "recorded" | "known" | "would-record" | "proposed";
      readonly bookedOn: string | null;
      readonly approval: string | null;
    };
  };
  readonly "loan.schedule": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly asOf?: string; readonly knownOn?: string };
    readonly answer: {
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
  };
  readonly "loan.timeline": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly kind?: string };
    readonly answer: {
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
  };
  readonly "loan.verify": {
    readonly params: { readonly loan: string };
    readonly answer: {
      readonly loan: string;
      readonly facts: number;
      readonly findings: readonly (string)[];
    };
  };
  readonly "loan.ways": {
    readonly params: { readonly loan: string };
    readonly body: {
      readonly household?: {
        readonly income: string;
        readonly living: string;
        readonly dependants?: number;
        readonly dependantsNeed?: string;
        readonly otherDebts?: string;
      };
      readonly surplus?: string;
      readonly months?: number;
    };
    readonly answer: {
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
        readonly heavier?: string;
        readonly guarantorWords?: {
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
  };
  readonly "loan.why": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly at?: string; readonly via?: "app" | "text" | "email" | "call" | "visit" | "letter" | "post" | "mediation" | "payment-order" | "suit" | "enforcement" | "bureau" };
    readonly answer: {
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
        readonly saysZh: string;
      })[] | null;
    };
  };
  readonly "loans.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly product?: string; readonly band?: number; readonly asOf?: string; readonly late?: "true" };
    readonly answer: {
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
        readonly disputed: string;
        readonly askable: string;
        readonly currency: string;
      })[];
      readonly next: string | null;
    };
  };
  readonly "passkey.add": {
    readonly body: {
      readonly name: string;
      readonly passkey: {
        readonly id: string;
        readonly rawId: string;
        readonly type: "public-key";
        readonly response: {
          readonly clientDataJSON: string;
          readonly attestationObject: string;
          readonly transports?: readonly (string)[];
        };
      };
      readonly password?: string;
    };
    readonly answer: {
      readonly id: string;
      readonly name: string;
    };
  };
  readonly "passkey.ask": {
    readonly body: Readonly<Record<string, unknown>>;
    readonly answer: {
      readonly options: Readonly<Record<string, unknown>>;
    };
  };
  readonly "passkey.begin": {
    readonly body: Readonly<Record<string, unknown>>;
    readonly answer: {
      readonly options: Readonly<Record<string, unknown>>;
    };
  };
  readonly "passkey.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly name: string;
        readonly createdAt: string;
        readonly usedAt: string | null;
      })[];
    };
  };
  readonly "passkey.remove": {
    readonly params: { readonly passkey: string };
    readonly answer: {
      readonly done: true;
    };
  };
  readonly "passkey.sign-in": {
    readonly body: {
      readonly passkey: {
        readonly id: string;
        readonly rawId: string;
        readonly type: "public-key";
        readonly response: {
          readonly clientDataJSON: string;
          readonly authenticatorData: string;
          readonly signature: string;
          readonly userHandle?: string | null;
        };
      };
      readonly user?: string;
      readonly password?: string;
    };
    readonly answer: {
      readonly csrf: string;
      readonly endsAt: string;
      readonly setUp: boolean;
    };
  };
  readonly "placed.list": {
    readonly answer: {
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
        readonly disputed: string;
        readonly askable: string;
        readonly payoff: string;
        readonly promise: string | null;
        readonly contactsToday: number;
      })[];
    };
  };
  readonly "proceedings.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly state?: "prepared" | "filed" | "accepted" | "served" | "hearing" | "heard" | "mediated" | "ruled" | "ruling-appealed" | "judged" | "appealed" | "final" | "issued" | "objected" | "void" | "agreed" | "confirming" | "effective" | "performed" | "ended"; readonly kind?: "mediation" | "payment-order" | "suit"; readonly over?: "true" | "false" };
    readonly answer: {
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
  };
  readonly "promises.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly loan: string;
        readonly currency: string;
        readonly on: string;
        readonly amount: string;
        readonly takenBy: string | null;
      })[];
    };
  };
  readonly "request.file-add": {
    readonly params: { readonly borrower: string; readonly reference: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly answer: {
      readonly became: "recorded" | "known" | "would-record";
      readonly sha256: string;
      readonly name: string;
      readonly bytes: number;
    };
  };
  readonly "requests.list": {
    readonly params: { readonly borrower: string };
    readonly answer: {
      readonly items: readonly (unknown)[];
    };
  };
  readonly "rule.read": {
    readonly params: { readonly pack: string; readonly rule: string };
    readonly answer: {
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
  };
  readonly "rules.list": {
    readonly query?: { readonly pack?: string };
    readonly answer: {
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
  };
  readonly "search.people": {
    readonly body: {
      readonly value: string;
    };
    readonly answer: {
      readonly items: readonly ({
        readonly kind: "borrower";
        readonly id: string;
        readonly loan: string;
        readonly loans: number;
        readonly name: string | null;
        readonly phone: string | null;
      })[];
    };
  };
  readonly "search.read": {
    readonly query: { readonly q: string };
    readonly answer: {
      readonly items: readonly ({
        readonly kind: "loan" | "borrower" | "letter" | "suit";
        readonly id: string;
        readonly loan: string | null;
      })[];
    };
  };
  readonly "server.health": {
    readonly answer: {
      readonly ok: true;
    };
  };
  readonly "server.ready": {
    readonly answer: {
      readonly ok: true;
      readonly version: number;
    };
  };
  readonly "session.begin-code": {
    readonly answer: {
      readonly key: string;
      readonly address: string;
      readonly proof: string;
    };
  };
  readonly "session.confirm-code": {
    readonly body: {
      readonly key: string;
      readonly proof: string;
      readonly code: string;
      readonly before?: string;
    };
    readonly answer: {
      readonly done: true;
    };
  };
  readonly "session.end-others": {
    readonly answer: {
      readonly ended: number;
    };
  };
  readonly "session.go": {
    readonly body: {
      readonly provider: string;
    };
    readonly answer: {
      readonly address: string;
    };
  };
  readonly "session.list": {
    readonly answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly how: string;
        readonly createdAt: string;
        readonly seenAt: string;
        readonly endsAt: string;
        readonly isThis: boolean;
      })[];
    };
  };
  readonly "session.may": {
    readonly answer: {
      readonly may: readonly (string)[];
    };
  };
  readonly "session.me": {
    readonly answer: {
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
  };
  readonly "session.set-password": {
    readonly body: {
      readonly password: string;
      readonly before?: string;
    };
    readonly answer: {
      readonly done: true;
    };
  };
  readonly "session.sign-in": {
    readonly body: {
      readonly user: string;
      readonly password: string;
      readonly code: string;
    };
    readonly answer: {
      readonly csrf: string;
      readonly endsAt: string;
      readonly setUp: boolean;
    };
  };
  readonly "session.sign-out": {
    readonly answer: {
      readonly done: true;
    };
  };
  readonly "session.use-link": {
    readonly body: {
      readonly link: string;
    };
    readonly answer: {
      readonly csrf: string;
      readonly endsAt: string;
      readonly setUp: boolean;
    };
  };
  readonly "session.ways": {
    readonly answer: {
      readonly passkeys: boolean;
      readonly providers: readonly ({
        readonly id: string;
        readonly name: {
          readonly en: string;
          readonly zh: string;
        };
      })[];
    };
  };
  readonly "strategies.list": {
    readonly answer: {
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
        readonly revision: number;
      })[];
    };
  };
  readonly "strategy.propose": {
    readonly body: {
      readonly body: string;
      readonly remark?: string;
    };
    readonly answer: {
      readonly strategy: string;
      readonly became: "new" | "same";
    };
  };
  readonly "strategy.read": {
    readonly params: { readonly name: string; readonly version: number };
    readonly answer: {
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
      readonly revision: number;
      readonly body: string;
    };
  };
  readonly "strategy.release": {
    readonly params: { readonly name: string; readonly version: number };
    readonly body: {
      readonly remark?: string;
    };
    readonly answer: {
      readonly strategy: string;
      readonly released: true;
    };
  };
  readonly "strategy.try": {
    readonly body: {
      readonly body: string;
      readonly from?: string;
      readonly arm?: string;
    };
    readonly answer: {
      readonly strategy: string;
      readonly days: readonly (Readonly<Record<string, unknown>>)[];
    };
  };
  readonly "strategy.try-book": {
    readonly body: {
      readonly strategy?: string;
      readonly body?: string;
      readonly beside: string;
      readonly through?: string;
    };
    readonly answer: {
      readonly job: string;
    };
  };
  readonly "strategy.withdraw": {
    readonly params: { readonly name: string; readonly version: number };
    readonly body: {
      readonly remark?: string;
    };
    readonly answer: {
      readonly strategy: string;
      readonly withdrawn: true;
    };
  };
  readonly "today.did": {
    readonly query: { readonly cursor?: string; readonly limit?: number; readonly day: string; readonly what: "planned" | "refused" | "asked" | "cured" | "set-aside" };
    readonly answer: {
      readonly items: readonly ({
        readonly loan: string;
        readonly step: string | null;
        readonly via: string | null;
        readonly dpd: number | null;
        readonly rules: readonly (string)[];
      })[];
      readonly next: string | null;
    };
  };
  readonly "today.read": {
    readonly query?: { readonly asOf?: string };
    readonly answer: {
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
  };
  readonly "today.refused": {
    readonly query: { readonly cursor?: string; readonly limit?: number; readonly day: string; readonly rule: string };
    readonly answer: {
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
  };
  readonly "token.create": {
    readonly body: {
      readonly name: string;
      readonly scopes: readonly ("book:read" | "loans:read" | "loans:write" | "letters:read" | "strategies:read" | "imports:write" | "closes:write")[];
      readonly days?: number;
    };
    readonly answer: {
      readonly id: string;
      readonly token: string;
      readonly expiresAt: string;
    };
  };
  readonly "token.revoke": {
    readonly params: { readonly token: string };
    readonly answer: {
      readonly id: string;
      readonly revoked: true;
    };
  };
  readonly "tokens.list": {
    readonly answer: {
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
  };
  readonly "user.disable": {
    readonly params: { readonly user: string };
    readonly body: {
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly active: boolean;
    };
  };
  readonly "user.enable": {
    readonly params: { readonly user: string };
    readonly body: {
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly done: boolean;
      readonly approval: string | null;
      readonly link: string | null;
    };
  };
  readonly "user.end-sessions": {
    readonly params: { readonly user: string };
    readonly body: {
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly ended: number;
    };
  };
  readonly "user.invite": {
    readonly body: {
      readonly user: string;
      readonly name: string;
      readonly role: "operations" | "collector" | "supervisor" | "compliance" | "auditor" | "agency" | "agency-collector" | "law-firm";
      readonly party?: string;
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly done: boolean;
      readonly approval: string | null;
      readonly link: string | null;
    };
  };
  readonly "user.link": {
    readonly params: { readonly approval: string };
    readonly body: Readonly<Record<string, unknown>>;
    readonly answer: {
      readonly user: string;
      readonly link: string;
    };
  };
  readonly "user.read": {
    readonly params: { readonly user: string };
    readonly answer: {
      readonly id: string;
      readonly name: string;
      readonly role: string;
      readonly party: string | null;
      readonly active: boolean;
      readonly hasPassword: boolean;
      readonly hasCode: boolean;
      readonly passkeys: number;
      readonly sessions: number;
      readonly createdAt: string;
      readonly signedInAt: string | null;
      readonly version: number;
      readonly twoPeople: boolean;
      readonly open: readonly ({
        readonly id: string;
        readonly how: string;
        readonly createdAt: string;
        readonly seenAt: string;
        readonly endsAt: string;
      })[];
    };
  };
  readonly "user.reset": {
    readonly params: { readonly user: string };
    readonly body: {
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly done: boolean;
      readonly approval: string | null;
      readonly link: string | null;
    };
  };
  readonly "user.role": {
    readonly params: { readonly user: string };
    readonly body: {
      readonly role: "operations" | "collector" | "supervisor" | "compliance" | "auditor" | "agency" | "agency-collector" | "law-firm";
      readonly party?: string;
      readonly reason: string;
    };
    readonly answer: {
      readonly user: string;
      readonly done: boolean;
      readonly approval: string | null;
      readonly link: string | null;
    };
  };
  readonly "users.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number };
    readonly answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly name: string;
        readonly role: string;
        readonly party: string | null;
        readonly active: boolean;
        readonly hasPassword: boolean;
        readonly hasCode: boolean;
        readonly passkeys: number;
        readonly sessions: number;
        readonly createdAt: string;
        readonly signedInAt: string | null;
        readonly version: number;
        readonly twoPeople: boolean;
      })[];
      readonly next: string | null;
    };
  };
  readonly "users.parties": {
    readonly answer: {
      readonly items: readonly ({
        readonly role: "operations" | "collector" | "supervisor" | "compliance" | "auditor" | "agency" | "agency-collector" | "law-firm";
        readonly party: string;
        readonly name: string;
      })[];
    };
  };
  readonly "webhook.create": {
    readonly body: {
      readonly url: string;
      readonly events?: readonly (string)[];
    };
    readonly answer: {
      readonly id: string;
      readonly secret: string;
    };
  };
  readonly "webhook.deliveries": {
    readonly params: { readonly webhook: string };
    readonly query?: { readonly state?: "waiting" | "delivered" | "dead"; readonly limit?: number };
    readonly answer: {
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
  };
  readonly "webhook.remove": {
    readonly params: { readonly webhook: string };
    readonly answer: {
      readonly id: string;
      readonly removed: true;
    };
  };
  readonly "webhook.replay": {
    readonly params: { readonly webhook: string };
    readonly body: {
      readonly ids?: readonly (string)[];
    };
    readonly answer: {
      readonly id: string;
      readonly replayed: number;
    };
  };
  readonly "webhook.rotate": {
    readonly params: { readonly webhook: string };
    readonly answer: {
      readonly id: string;
      readonly secret: string;
      readonly oldUntil: string;
    };
  };
  readonly "webhook.test": {
    readonly params: { readonly webhook: string };
    readonly answer: {
      readonly id: string;
      readonly status: number | null;
      readonly says: string;
    };
  };
  readonly "webhooks.list": {
    readonly answer: {
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
  };
  readonly "wish.make": {
    readonly params: { readonly borrower: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly loan?: string;
      readonly wish: "stop-all" | "stop-channel" | "stop-number" | "stop-third-person" | "only-at-times" | "not-at-times" | "representative" | "representative-ended" | "lift";
      readonly words?: string;
      readonly channel?: "portal" | "app" | "phone" | "letter" | "email" | "visit" | "regulator";
      readonly kinds?: readonly ("app" | "text" | "email" | "call" | "visit" | "letter" | "post" | "mediation" | "payment-order" | "suit" | "enforcement" | "bureau")[];
      readonly address?: string;
      readonly from?: string;
      readonly to?: string;
      readonly weekdays?: readonly (number)[];
      readonly representative?: string;
      readonly of?: string;
    };
    readonly answer: {
      readonly became: "recorded" | "known" | "would-record";
      readonly reference: string;
      readonly wish: string;
      readonly facts: readonly (string)[];
    };
  };
  readonly "words.check": {
    readonly body: {
      readonly text: string;
      readonly kind?: "app" | "text" | "email" | "call" | "visit" | "letter" | "post";
    };
    readonly answer: {
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
  };
  readonly "worklist.call": {
    readonly answer: {
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
  };
  readonly "worklist.codes": {
    readonly answer: {
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
  };
  readonly "worklist.next": {
    readonly answer: {
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
      readonly disputed: string;
      readonly askable: string;
      readonly reason: string;
      readonly says: string;
      readonly since: string;
      readonly lastContact: string | null;
      readonly claimedBy: string | null;
      readonly claimedUntil: string | null;
      readonly until: string;
      readonly again: boolean;
    };
  };
  readonly "worklist.read": {
    readonly query?: { readonly limit?: number };
    readonly answer: {
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
        readonly disputed: string;
        readonly askable: string;
        readonly reason: string;
        readonly says: string;
        readonly since: string;
        readonly lastContact: string | null;
        readonly claimedBy: string | null;
        readonly claimedUntil: string | null;
      })[];
      readonly all: number;
    };
  };
  readonly "worklist.release": {
    readonly body: {
      readonly reason?: string;
      readonly backAt?: string;
      readonly backIn?: number;
    };
    readonly answer: {
      readonly released: true;
      readonly backAt: string | null;
    };
  };
  readonly "worklist.result": {
    readonly body: {
      readonly code: "connected-promised" | "connected-refused" | "connected-no-promise" | "connected-paid" | "third-person" | "wrong-number" | "no-answer" | "busy" | "not-in-service" | "voicemail" | "language" | "deceased-told" | "dispute-raised" | "hardship-told" | "complaint-raised" | "cease-asked" | "represented" | "minor-told" | "insolvency-told" | "distress" | "abuse" | "agreed" | "declined" | "needs-more";
      readonly note?: string;
      readonly language?: string;
      readonly promise?: {
        readonly amount: string;
        readonly by: string;
        readonly loan?: string;
      };
    };
    readonly answer: {
      readonly action: string;
      readonly code: string;
      readonly loans: readonly (string)[];
      readonly holds: readonly (string)[];
      readonly dropped?: string;
      readonly promise?: string;
    };
  };
}

export const PLACES = {
  "actions.list": ["GET", "/v1/actions"],
  "actions.retry": ["POST", "/v1/actions/retry"],
  "analytics.loans": ["GET", "/v1/analytics/loans"],
  "analytics.read": ["GET", "/v1/analytics/{report}"],
  "approval.decide": ["POST", "/v1/approvals/{approval}"],
  "approval.read": ["GET", "/v1/approvals/{approval}"],
  "approvals.list": ["GET", "/v1/approvals"],
  "audit.list": ["GET", "/v1/audit"],
  "book.verify": ["POST", "/v1/verify"],
  "borrower.read": ["GET", "/v1/borrowers/{borrower}"],
  "borrower.reveal": ["POST", "/v1/borrowers/{borrower}/reveal"],
  "cases.list": ["GET", "/v1/cases"],
  "close.start": ["POST", "/v1/closes"],
  "closes.list": ["GET", "/v1/closes"],
  "collectors.list": ["GET", "/v1/collectors"],
  "complaint.event": ["POST", "/v1/borrowers/{borrower}/complaints/{reference}/events"],
  "complaint.open": ["POST", "/v1/borrowers/{borrower}/complaints"],
  "complaint.read": ["GET", "/v1/borrowers/{borrower}/complaints/{reference}"],
  "complaints.list": ["GET", "/v1/complaints"],
  "court.deadlines": ["GET", "/v1/court/deadlines"],
  "enforcement.kinds": ["GET", "/v1/enforcement-events"],
  "enforcements.list": ["GET", "/v1/enforcements"],
  "events.record": ["POST", "/v1/events"],
  "evidence.propose": ["POST", "/v1/loans/{loan}/evidence"],
  "hardship.agreement": ["GET", "/v1/borrowers/{borrower}/hardship/{reference}/agreement"],
  "hardship.event": ["POST", "/v1/borrowers/{borrower}/hardship/{reference}/events"],
  "hardship.list": ["GET", "/v1/hardship"],
  "hardship.read": ["GET", "/v1/borrowers/{borrower}/hardship/{reference}"],
  "hardship.request": ["POST", "/v1/borrowers/{borrower}/hardship"],
  "hardship.ways": ["GET", "/v1/borrowers/{borrower}/hardship/{reference}/ways"],
  "import.upload": ["POST", "/v1/imports/{kind}"],
  "imports.list": ["GET", "/v1/imports"],
  "job.cancel": ["POST", "/v1/jobs/{job}/cancel"],
  "job.read": ["GET", "/v1/jobs/{job}"],
  "job.retry": ["POST", "/v1/jobs/{job}/retry"],
  "jobs.list": ["GET", "/v1/jobs"],
  "laws.list": ["GET", "/v1/laws"],
  "lender.read": ["GET", "/v1/lender"],
  "letter.approve": ["POST", "/v1/letters/{letter}/approve"],
  "letter.open": ["POST", "/v1/letters/{letter}/open"],
  "letter.read": ["GET", "/v1/letters/{letter}"],
  "letter.return": ["POST", "/v1/letters/{letter}/return"],
  "letter.sign": ["POST", "/v1/letters/{letter}/sign"],
  "letter.withdraw": ["POST", "/v1/letters/{letter}/withdraw"],
  "letters.approve": ["POST", "/v1/letters/approve"],
  "letters.list": ["GET", "/v1/letters"],
  "letters.sign": ["POST", "/v1/letters/sign"],
  "loan.advice": ["GET", "/v1/loans/{loan}/advice"],
  "loan.borrower": ["GET", "/v1/loans/{loan}/borrower"],
  "loan.contacts": ["GET", "/v1/loans/{loan}/contacts"],
  "loan.courts": ["GET", "/v1/loans/{loan}/courts"],
  "loan.enforcement": ["GET", "/v1/loans/{loan}/enforcements/{enforcement}"],
  "loan.enforcement-apply": ["POST", "/v1/loans/{loan}/enforcements"],
  "loan.enforcement-event": ["POST", "/v1/loans/{loan}/enforcements/{enforcement}/events"],
  "loan.enforcements": ["GET", "/v1/loans/{loan}/enforcements"],
  "loan.forecast": ["GET", "/v1/loans/{loan}/forecast"],
  "loan.limitation": ["GET", "/v1/loans/{loan}/limitation"],
  "loan.line": ["GET", "/v1/loans/{loan}/line"],
  "loan.message-send": ["POST", "/v1/loans/{loan}/messages"],
  "loan.message-take-back": ["POST", "/v1/loans/{loan}/messages/take-back"],
  "loan.messages": ["GET", "/v1/loans/{loan}/messages"],
  "loan.paper": ["GET", "/v1/loans/{loan}/papers/{kind}"],
  "loan.papers": ["GET", "/v1/loans/{loan}/papers"],
  "loan.presence": ["GET", "/v1/loans/{loan}/presence"],
  "loan.proceeding": ["GET", "/v1/loans/{loan}/proceedings/{proceeding}"],
  "loan.proceeding-event": ["POST", "/v1/loans/{loan}/proceedings/{proceeding}/events"],
  "loan.proceeding-open": ["POST", "/v1/loans/{loan}/proceedings"],
  "loan.proceedings": ["GET", "/v1/loans/{loan}/proceedings"],
  "loan.read": ["GET", "/v1/loans/{loan}"],
  "loan.record": ["POST", "/v1/loans/{loan}/events"],
  "loan.schedule": ["GET", "/v1/loans/{loan}/schedule"],
  "loan.timeline": ["GET", "/v1/loans/{loan}/timeline"],
  "loan.verify": ["GET", "/v1/loans/{loan}/verify"],
  "loan.ways": ["POST", "/v1/loans/{loan}/ways"],
  "loan.why": ["GET", "/v1/loans/{loan}/why"],
  "loans.list": ["GET", "/v1/loans"],
  "passkey.add": ["POST", "/v1/me/passkeys"],
  "passkey.ask": ["POST", "/v1/session/passkey/ask"],
  "passkey.begin": ["POST", "/v1/me/passkeys/begin"],
  "passkey.list": ["GET", "/v1/me/passkeys"],
  "passkey.remove": ["DELETE", "/v1/me/passkeys/{passkey}"],
  "passkey.sign-in": ["POST", "/v1/session/passkey"],
  "placed.list": ["GET", "/v1/placed"],
  "proceedings.list": ["GET", "/v1/proceedings"],
  "promises.list": ["GET", "/v1/promises"],
  "request.file-add": ["POST", "/v1/borrowers/{borrower}/requests/{reference}/files"],
  "requests.list": ["GET", "/v1/borrowers/{borrower}/requests"],
  "rule.read": ["GET", "/v1/rules/{pack}/{rule}"],
  "rules.list": ["GET", "/v1/rules"],
  "search.people": ["POST", "/v1/search/people"],
  "search.read": ["GET", "/v1/search"],
  "server.health": ["GET", "/healthz"],
  "server.ready": ["GET", "/readyz"],
  "session.begin-code": ["POST", "/v1/me/code"],
  "session.confirm-code": ["POST", "/v1/me/code/confirm"],
  "session.end-others": ["DELETE", "/v1/me/sessions"],
  "session.go": ["POST", "/v1/session/provider"],
  "session.list": ["GET", "/v1/me/sessions"],
  "session.may": ["GET", "/v1/me/may"],
  "session.me": ["GET", "/v1/me"],
  "session.set-password": ["POST", "/v1/me/password"],
  "session.sign-in": ["POST", "/v1/session"],
  "session.sign-out": ["DELETE", "/v1/session"],
  "session.use-link": ["POST", "/v1/session/link"],
  "session.ways": ["GET", "/v1/session/ways"],
  "strategies.list": ["GET", "/v1/strategies"],
  "strategy.propose": ["POST", "/v1/strategies"],
  "strategy.read": ["GET", "/v1/strategies/{name}/{version}"],
  "strategy.release": ["POST", "/v1/strategies/{name}/{version}/release"],
  "strategy.try": ["POST", "/v1/strategies/try"],
  "strategy.try-book": ["POST", "/v1/strategies/try-book"],
  "strategy.withdraw": ["POST", "/v1/strategies/{name}/{version}/withdraw"],
  "today.did": ["GET", "/v1/today/did"],
  "today.read": ["GET", "/v1/today"],
  "today.refused": ["GET", "/v1/today/refused"],
  "token.create": ["POST", "/v1/tokens"],
  "token.revoke": ["DELETE", "/v1/tokens/{token}"],
  "tokens.list": ["GET", "/v1/tokens"],
  "user.disable": ["POST", "/v1/users/{user}/disable"],
  "user.enable": ["POST", "/v1/users/{user}/enable"],
  "user.end-sessions": ["POST", "/v1/users/{user}/sessions/end"],
  "user.invite": ["POST", "/v1/users"],
  "user.link": ["POST", "/v1/approvals/{approval}/link"],
  "user.read": ["GET", "/v1/users/{user}"],
  "user.reset": ["POST", "/v1/users/{user}/reset"],
  "user.role": ["POST", "/v1/users/{user}/role"],
  "users.list": ["GET", "/v1/users"],
  "users.parties": ["GET", "/v1/user-parties"],
  "webhook.create": ["POST", "/v1/webhooks"],
  "webhook.deliveries": ["GET", "/v1/webhooks/{webhook}/deliveries"],
  "webhook.remove": ["DELETE", "/v1/webhooks/{webhook}"],
  "webhook.replay": ["POST", "/v1/webhooks/{webhook}/replay"],
  "webhook.rotate": ["POST", "/v1/webhooks/{webhook}/rotate"],
  "webhook.test": ["POST", "/v1/webhooks/{webhook}/test"],
  "webhooks.list": ["GET", "/v1/webhooks"],
  "wish.make": ["POST", "/v1/borrowers/{borrower}/wishes"],
  "words.check": ["POST", "/v1/words/check"],
  "worklist.call": ["POST", "/v1/worklist/call"],
  "worklist.codes": ["GET", "/v1/worklist/codes"],
  "worklist.next": ["POST", "/v1/worklist/next"],
  "worklist.read": ["GET", "/v1/worklist"],
  "worklist.release": ["POST", "/v1/worklist/release"],
  "worklist.result": ["POST", "/v1/worklist/result"],
} as const;
