import { NotHandedOver, saysOf } from "../trouble.ts";

/** A message of the protocol, as the library gives it. */
export interface Pdu {
  readonly command: string;
  readonly command_status: number;
  readonly sequence_number: number;
  readonly message_id?: string;
  readonly source_addr?: string;
  readonly destination_addr?: string;
  readonly esm_class?: number;
  readonly short_message?: { readonly message?: string | Buffer };
  readonly message_payload?: { readonly message?: string | Buffer };
  readonly receipted_message_id?: string;
  readonly message_state?: number;
  response(fields?: Readonly<Record<string, unknown>>): Pdu;
}

export interface Session {
  readonly socket: { readonly writable: boolean };
  on(event: string, heard: (value: never) => void): this;
  send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
  destroy(): void;
}

/** What of the package `smpp` is used here; it comes without types. */
export interface SmppLibrary {
  connect(options: Readonly<Record<string, unknown>>, connected?: () => void): Session;
  readonly PDU: new (command: string, fields?: Readonly<Record<string, unknown>>) => Pdu;
  readonly ESME_ROK: number;
}

export interface LineSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly bind: "transceiver" | "transmitter";
  readonly connectWithinMs: number;
  readonly enquireEveryMs: number;
}

/** The connection broke after the carrier may have taken what was sent on it. */
class LineBroke extends Error {
  override name = "LineBroke";
}

/**
 * One bound connection to a message centre. It is made when it is first needed and again after it broke; both ends ask each
 * other now and then whether they are still there.
 */
export class Line {
  readonly #library: SmppLibrary;
  readonly #settings: LineSettings;
  readonly #deliver: (pdu: Pdu) => Promise<boolean>;
  #bound: Promise<Session> | undefined;
  #session: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  readonly #pending = new Set<(error: Error) => void>();
  readonly #broke: (() => void)[] = [];

  /** `deliver` says whether what the carrier brought is kept; where not, the carrier is asked to bring it again. */
  constructor(library: SmppLibrary, settings: LineSettings, deliver: (pdu: Pdu) => Promise<boolean>) {
    this.#library = library;
    this.#settings = settings;
    this.#deliver = deliver;
  }

  /** Sends one message of the protocol and gives the answer. Throws `NotHandedOver` where it was not even written. */
  async ask(command: string, fields: Readonly<Record<string, unknown>>): Promise<Pdu> {
    return this.#askOn(await this.bound(), command, fields);
  }

  bound(): Promise<Session> {
    this.#closing = false;
    this.#bound ??= this.#bind().catch((error: unknown) => {
      this.#drop();
      throw error;
    });
    return this.#bound;
  }

  /** Returns when the connection is lost. */
  lost(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#session === undefined) resolve();
      else this.#broke.push(resolve);
    });
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#closing = true;
    if (session) {
      const goodbye = this.#askOn(session, "unbind", {}).catch(() => undefined);
      await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    }
    this.#drop();
  }

  get closing(): boolean {
    return this.#closing;
  }

  #askOn(session: Session, command: string, fields: Readonly<Record<string, unknown>>): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      const broke = (error: Error): void => reject(error);
      const answered = (answer: Pdu): void => {
        this.#pending.delete(broke);
        resolve(answer);
      };
      if (!session.socket.writable) {
        this.#drop();
        reject(new NotHandedOver("the connection is gone", true));
        return;
      }
      this.#pending.add(broke);
      if (!session.send(new this.#library.PDU(command, fields), answered)) {
        this.#pending.delete(broke);
        reject(new NotHandedOver("the connection is gone", true));
      }
    });
  }

  async #bind(): Promise<Session> {
    const { host, port, tls, systemId, password, systemType, bind } = this.#settings;
    const session = await this.#connect({ host, port, tls });
    this.#session = session;
    const fields = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 };
    const answer = await this.#within(this.#askOn(session, `bind_${bind}`, fields));
    if (answer.command_status !== this.#library.ESME_ROK)
      throw new NotHandedOver(
        `the message centre refused the bind: ${statusName(answer.command_status)}`,
        true,
      );
    this.#enquire(session);
    return session;
  }

  #connect(options: Readonly<Record<string, unknown>>): Promise<Session> {
    return this.#within(
      new Promise<Session>((resolve, reject) => {
        const session: Session = this.#library.connect(options, () => resolve(session));
        session.on("error", ((error: Error) => {
          reject(new NotHandedOver(`cannot reach ${options.host}:${options.port}: ${saysOf(error)}`, true));
          this.#lose(session);
        }) as never);
        session.on("close", (() => {
          reject(new NotHandedOver(`${options.host}:${options.port} closed the connection`, true));
          this.#lose(session);
        }) as never);
        session.on("enquire_link", ((pdu: Pdu) => session.send(pdu.response())) as never);
        session.on("unbind", ((pdu: Pdu) => {
          session.send(pdu.response());
          this.#lose(session);
        }) as never);
        session.on("deliver_sm", ((pdu: Pdu) => void this.#take(session, pdu)) as never);
      }),
    );
  }

  async #take(session: Session, pdu: Pdu): Promise<void> {
    const kept = await this.#deliver(pdu).catch(() => false);
    // 0x64: a temporary error of the receiver, after which the carrier tries again.
    if (session.socket.writable) session.send(pdu.response(kept ? {} : { command_status: 0x64 }));
  }

  /** Whatever happens before the bind is answered, nothing was handed over. */
  #within<T>(work: Promise<T>): Promise<T> {
    const { connectWithinMs, host, port } = this.#settings;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new NotHandedOver(`no answer of ${host}:${port} in ${connectWithinMs} ms`, true)),
        connectWithinMs,
      );
    });
    return Promise.race([work, late])
      .catch((error: unknown) => {
        throw error instanceof NotHandedOver ? error : new NotHandedOver(saysOf(error), true);
      })
      .finally(() => clearTimeout(timer));
  }

  #enquire(session: Session): void {
    const { enquireEveryMs } = this.#settings;
    let answered = true;
    this.#timer = setInterval(() => {
      // The last question was not answered all this time: the line is dead, though nobody closed it.
      if (!answered) return this.#lose(session);
      answered = false;
      this.#askOn(session, "enquire_link", {}).then(
        () => {
          answered = true;
        },
        () => {},
      );
    }, enquireEveryMs);
    this.#timer.unref();
  }

  #lose(session: Session): void {
    if (session === this.#session) this.#drop();
    else session.destroy();
  }

  #drop(): void {
    clearInterval(this.#timer);
    const session = this.#session;
    this.#session = undefined;
    this.#bound = undefined;
    session?.destroy();
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const broke of pending) broke(new LineBroke("the connection broke before the answer"));
    for (const told of this.#broke.splice(0)) told();
  }
}

/** The statuses that an answer can have, by SMPP 3.4 section 5.1.3. */
const STATUS_NAMES: Readonly<Record<number, string>> = {
  1: "ESME_RINVMSGLEN",
  4: "ESME_RINVBNDSTS",
  5: "ESME_RALYBND",
  8: "ESME_RSYSERR",
  10: "ESME_RINVSRCADR",
  11: "ESME_RINVDSTADR",
  13: "ESME_RBINDFAIL",
  14: "ESME_RINVPASWD",
  15: "ESME_RINVSYSID",
  20: "ESME_RMSGQFUL",
  69: "ESME_RSUBMITFAIL",
  88: "ESME_RTHROTTLED",
};
export const statusName = (status: number): string =>
  STATUS_NAMES[status] ?? `status 0x${status.toString(16).padStart(8, "0")}`;
/** It was not taken and may be in a moment: no room, too fast, out of order, not bound any more. */
export const isPassingStatus = (status: number): boolean => [4, 8, 20, 88].includes(status);
