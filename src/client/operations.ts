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
        readonly would?: string;
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
  readonly "events.record": {
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly events: readonly ({
        readonly loan: string;
        readonly id: string;
        readonly kind: "payment" | "reversal" | "charge" | "waiver" | "pause" | "resume" | "acceleration" | "settlement" | "refund" | "write-off" | "assignment" | "judgment" | "deferral" | "extension" | "restructure" | "re-age" | "hold" | "lift" | "promise" | "promise-withdrawal" | "consent" | "withdrawal" | "stop" | "lift-stop" | "times" | "agreed-times" | "notice" | "notice-return" | "ban" | "ban-end" | "attorney" | "employer" | "contact" | "placement" | "recall";
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
      readonly household?: Readonly<Record<string, unknown>>;
      readonly ways: readonly (Readonly<Record<string, unknown>>)[];
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
  };
  readonly "loan.record": {
    readonly params: { readonly loan: string };
    readonly query?: { readonly dryRun?: "true" | "false" };
    readonly body: {
      readonly kind: "payment" | "reversal" | "charge" | "waiver" | "pause" | "resume" | "acceleration" | "settlement" | "refund" | "write-off" | "assignment" | "judgment" | "deferral" | "extension" | "restructure" | "re-age" | "hold" | "lift" | "promise" | "promise-withdrawal" | "consent" | "withdrawal" | "stop" | "lift-stop" | "times" | "agreed-times" | "notice" | "notice-return" | "ban" | "ban-end" | "attorney" | "employer" | "contact" | "placement" | "recall";
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
      readonly household?: Readonly<Record<string, unknown>>;
      readonly ways: readonly (Readonly<Record<string, unknown>>)[];
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
      })[] | null;
    };
  };
  readonly "loans.list": {
    readonly query?: { readonly cursor?: string; readonly limit?: number; readonly product?: string; readonly band?: number };
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
        readonly currency: string;
      })[];
      readonly next: string | null;
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
        readonly payoff: string;
        readonly promise: string | null;
        readonly contactsToday: number;
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
  readonly "search.read": {
    readonly query: { readonly q: string };
    readonly answer: {
      readonly items: readonly ({
        readonly kind: "loan" | "borrower" | "letter";
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
        readonly most: number;
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
  readonly "users.list": {
    readonly answer: {
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
    };
    readonly answer: {
      readonly released: true;
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
  "approval.decide": ["POST", "/v1/approvals/{approval}"],
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
  "lender.read": ["GET", "/v1/lender"],
  "letter.approve": ["POST", "/v1/letters/{letter}/approve"],
  "letter.open": ["POST", "/v1/letters/{letter}/open"],
  "letter.read": ["GET", "/v1/letters/{letter}"],
  "letter.return": ["POST", "/v1/letters/{letter}/return"],
  "letters.approve": ["POST", "/v1/letters/approve"],
  "letters.list": ["GET", "/v1/letters"],
  "loan.borrower": ["GET", "/v1/loans/{loan}/borrower"],
  "loan.contacts": ["GET", "/v1/loans/{loan}/contacts"],
  "loan.limitation": ["GET", "/v1/loans/{loan}/limitation"],
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
  "placed.list": ["GET", "/v1/placed"],
  "request.file-add": ["POST", "/v1/borrowers/{borrower}/requests/{reference}/files"],
  "requests.list": ["GET", "/v1/borrowers/{borrower}/requests"],
  "rule.read": ["GET", "/v1/rules/{pack}/{rule}"],
  "rules.list": ["GET", "/v1/rules"],
  "search.read": ["GET", "/v1/search"],
  "server.health": ["GET", "/healthz"],
  "server.ready": ["GET", "/readyz"],
  "session.begin-code": ["POST", "/v1/me/code"],
  "session.confirm-code": ["POST", "/v1/me/code/confirm"],
  "session.end-others": ["DELETE", "/v1/me/sessions"],
  "session.list": ["GET", "/v1/me/sessions"],
  "session.may": ["GET", "/v1/me/may"],
  "session.me": ["GET", "/v1/me"],
  "session.set-password": ["POST", "/v1/me/password"],
  "session.sign-in": ["POST", "/v1/session"],
  "session.sign-out": ["DELETE", "/v1/session"],
  "session.use-link": ["POST", "/v1/session/link"],
  "strategies.list": ["GET", "/v1/strategies"],
  "strategy.propose": ["POST", "/v1/strategies"],
  "strategy.read": ["GET", "/v1/strategies/{name}/{version}"],
  "strategy.release": ["POST", "/v1/strategies/{name}/{version}/release"],
  "strategy.try": ["POST", "/v1/strategies/try"],
  "strategy.try-book": ["POST", "/v1/strategies/try-book"],
  "strategy.withdraw": ["POST", "/v1/strategies/{name}/{version}/withdraw"],
  "today.read": ["GET", "/v1/today"],
  "today.refused": ["GET", "/v1/today/refused"],
  "token.create": ["POST", "/v1/tokens"],
  "token.revoke": ["DELETE", "/v1/tokens/{token}"],
  "tokens.list": ["GET", "/v1/tokens"],
  "user.disable": ["POST", "/v1/users/{user}/disable"],
  "users.list": ["GET", "/v1/users"],
  "webhook.create": ["POST", "/v1/webhooks"],
  "webhook.deliveries": ["GET", "/v1/webhooks/{webhook}/deliveries"],
  "webhook.remove": ["DELETE", "/v1/webhooks/{webhook}"],
  "webhook.replay": ["POST", "/v1/webhooks/{webhook}/replay"],
  "webhook.rotate": ["POST", "/v1/webhooks/{webhook}/rotate"],
  "webhook.test": ["POST", "/v1/webhooks/{webhook}/test"],
  "webhooks.list": ["GET", "/v1/webhooks"],
  "wish.make": ["POST", "/v1/borrowers/{borrower}/wishes"],
  "worklist.call": ["POST", "/v1/worklist/call"],
  "worklist.codes": ["GET", "/v1/worklist/codes"],
  "worklist.next": ["POST", "/v1/worklist/next"],
  "worklist.read": ["GET", "/v1/worklist"],
  "worklist.release": ["POST", "/v1/worklist/release"],
  "worklist.result": ["POST", "/v1/worklist/result"],
} as const;
