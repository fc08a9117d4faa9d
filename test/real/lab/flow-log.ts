import { existsSync, readFileSync, statSync } from "node:fs";

import { parseJson } from "./json";

/** One thing that a proxy saw. */
export interface Flow {
  /**
   * A tunnel asked for; a request and its answer, decrypted; a tunnel denied; a connection that broke; a client that
   * broke off when it saw our certificate; a connection of another kind, which it passes on as it is.
   */
  readonly event: "connect" | "tcp" | "response" | "refused" | "error" | "untrusted";
  readonly host: string;
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly agent?: string;
  readonly error?: string;
}

/** What passed a proxy, to be asked for one test at a time. */
export class FlowLog {
  constructor(private readonly file: string) {}

  /** Now: give it to `since` after what is to be watched. */
  public mark(): number {
    return existsSync(this.file) ? statSync(this.file).size : 0;
  }

  public since(mark: number): Flow[] {
    const text = existsSync(this.file) ? readFileSync(this.file).subarray(mark).toString() : "";
    return text
      .split("\n")
      .filter(Boolean)
      .map(parseJson<Flow>);
  }
}

/** The hosts whose requests the proxy read, in order of the alphabet. */
export function decryptedHosts(flows: readonly Flow[]): string[] {
  return [...new Set(flows.filter((flow) => flow.event === "response").map((flow) => flow.host))].sort();
}

/** The decrypted requests as "GET host/path", for patterns. */
export function requests(flows: readonly Flow[]): string[] {
  return flows
    .filter((flow) => flow.event === "response")
    .map((flow) => `${flow.method} ${flow.host}${flow.path} ${flow.status}`);
}
