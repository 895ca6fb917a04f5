import { Worker } from "node:worker_threads";
import { workerFile } from "./paths.ts";

export interface Pages {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

interface Job {
  readonly template: string;
  readonly data: string;
  readonly done: (pages: Pages) => void;
  readonly failed: (error: Error) => void;
}

type Answer = { readonly trouble: string } | Pages;

/** Compilers, each in its own thread, fed from one queue. A thread that dies takes its one letter with it and is replaced. */
export class Pool {
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #working = new Map<Worker, Job>();
  readonly #data: { readonly fonts: readonly string[]; readonly standard: string };
  readonly #most: number;
  #closed = false;

  constructor(most: number, data: { readonly fonts: readonly string[]; readonly standard: string }) {
    this.#most = Math.max(1, most);
    this.#data = data;
  }

  print(template: string, data: string): Promise<Pages> {
    if (this.#closed) return Promise.reject(new Error("the press is closed"));
    return new Promise((done, failed) => {
      this.#waiting.push({ template, data, done, failed });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#idle, ...this.#working.keys()];
    for (const job of [...this.#waiting, ...this.#working.values()])
      job.failed(new Error("the press was closed"));
    this.#waiting.length = 0;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#working.size < this.#most ? this.#start() : undefined);
    if (worker === undefined) return;
    const job = this.#waiting.shift()!;
    this.#working.set(worker, job);
    worker.ref();
    worker.postMessage({ template: job.template, data: job.data });
  }

  #start(): Worker {
    const worker = new Worker(workerFile(), { workerData: this.#data });
    worker.on("message", (answer: Answer) => {
      const job = this.#working.get(worker);
      this.#working.delete(worker);
      // An idle thread does not keep the process alive, should somebody forget to close the press.
      worker.unref();
      this.#idle.push(worker);
      if ("trouble" in answer) job?.failed(new Error(`the letter could not be set: ${answer.trouble}`));
      else job?.done({ bytes: answer.bytes, pages: answer.pages });
      this.#next();
    });
    worker.on("error", (error: Error) => {
      const job = this.#working.get(worker);
      this.#working.delete(worker);
      job?.failed(error);
      if (!this.#closed) this.#next();
    });
    return worker;
  }
}
