import { createSocket } from "node:dgram";

/** A server that knows few names or none. */
export interface DnsSettings {
  readonly address: string;
  readonly port: number;
  /** Name to IPv4 address. */
  readonly names: Readonly<Record<string, string>>;
}

const NAME_ERROR = 0x83;
const ANSWER = 0x80;
/** The name of the question, by its place. */
const SAME_NAME = [0xc0, 0x0c];
const TYPE_A = 1;

/**
 * Answers with NXDOMAIN for every name that it does not know, as a company's DNS that leaves public names to the proxy.
 *
 * Without any server, lookups in an isolated network would end after ten seconds, with another error.
 */
export function serveDns({ address, port, names }: DnsSettings): void {
  const socket = createSocket("udp4");
  socket.on("message", (query, client) => {
    const { name, end } = question(query);
    const known = names[name.toLowerCase()];
    // An address of another kind is not there, but the name is.
    const found = known !== undefined && query.readUInt16BE(end - 4) === TYPE_A ? record(known) : Buffer.alloc(0);
    const status = known === undefined ? NAME_ERROR : ANSWER;
    const header = Buffer.from([0x81, status, 0, 1, 0, found.length > 0 ? 1 : 0, 0, 0, 0, 0]);
    const answer = [query.subarray(0, 2), header, query.subarray(12, end), found];
    socket.send(Buffer.concat(answer), client.port, client.address);
  });
  socket.bind(port, address);
}

/** The one question: labels with their lengths, a zero byte, type and class. */
function question(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString("latin1"));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 5 };
}

function record(address: string): Buffer {
  return Buffer.from([...SAME_NAME, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]);
}
