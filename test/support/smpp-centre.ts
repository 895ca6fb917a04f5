import { createRequire } from "node:module";
import type { AddressInfo, Server } from "node:net";
import type { SmppLibrary } from "../../src/dispatch/smpp/smpp.ts";

export interface ServerPdu {
  readonly [field: string]: unknown;
  readonly sequence_number: number;
  response(fields?: object): object;
}
export interface ServerSession {
  on(event: string, heard: (pdu: ServerPdu) => void): void;
  send(pdu: object): boolean;
  deliver_sm(fields: object, answered?: (pdu: ServerPdu & { command_status: number }) => void): boolean;
  destroy(): void;
}
export const smpp = createRequire(import.meta.url)("smpp") as SmppLibrary & {
  createServer(session: (session: ServerSession) => void): Server;
};

/** A message centre: answers as the test says, and remembers what it was given. */
export class Centre {
  readonly submitted: ServerPdu[] = [];
  readonly sessions: ServerSession[] = [];
  readonly server: Server;
  status: (n: number) => number = () => 0;
  onSubmit: (session: ServerSession, pdu: ServerPdu) => void = (session, pdu) => {
    const n = this.submitted.length;
    const command_status = this.status(n);
    session.send(pdu.response({ command_status, ...(command_status === 0 ? { message_id: `AB${n}` } : {}) }));
  };
  enquired = 0;
  unbound = 0;

  constructor() {
    this.server = smpp.createServer((session) => {
      this.sessions.push(session);
      session.on("error", () => {});
      session.on("bind_transceiver", (pdu) => {
        const right = pdu.system_id === "lender" && pdu.password === "secret";
        session.send(pdu.response(right ? { system_id: "centre" } : { command_status: 0x0e }));
      });
      session.on("submit_sm", (pdu) => {
        this.submitted.push(pdu);
        this.onSubmit(session, pdu);
      });
      session.on("enquire_link", (pdu) => {
        this.enquired += 1;
        session.send(pdu.response());
      });
      session.on("unbind", (pdu) => {
        this.unbound += 1;
        session.send(pdu.response());
      });
    });
  }
  /** A report on a message that it took, by the line that the lender holds open; gives the answer's status. */
  delivered(id: string, to: string, stat: string, doneAt: string): Promise<number> {
    const short_message = `id:${id} sub:001 dlvrd:001 submit date:${doneAt} done date:${doneAt} stat:${stat} err:000 text:-`;
    return this.deliver({ source_addr: to, destination_addr: "10690000", esm_class: 4, short_message });
  }
  deliver(fields: object): Promise<number> {
    return new Promise((resolve) => {
      this.sessions.at(-1)!.deliver_sm(fields, ({ command_status }) => resolve(command_status));
    });
  }
  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return (this.server.address() as AddressInfo).port;
  }
  async close(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
