import { isIP } from "node:net";
import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";

const REMEDY =
  'give a domain ("example.com"), its subdomains only (".example.com"), an IP address, a CIDR range, each with an optional :port, or "*"';

/**
 * Checks the hosts that are reached without the proxy against what Go, and so Envbuilder and the agent, understands.
 *
 * @throws when an entry is of no form that Go knows: it would be ignored silently
 * @internal
 */
export function checkNoProxy(prop: string, entries: readonly string[]): void {
  for (const [index, entry] of entries.entries()) {
    const reason = hasReference(entry) ? undefined : reasonAgainst(entry);
    if (reason !== undefined) {
      throw new ValidationError("no-proxy-malformed", `${prop}[${index}] ${shown(entry)} ${reason}; ${REMEDY}`);
    }
  }
}

function reasonAgainst(entry: string): string | undefined {
  if (entry === "*") return undefined;
  if (entry.trim() === "") return "is empty";
  if (/\s/.test(entry)) return "holds white space";
  if (entry.includes(",")) return "holds a comma: each host is an entry of its own";
  if (entry.includes("://")) return "is a URL, but only hosts are compared";
  if (isCidr(entry)) return undefined;
  if (entry.includes("/")) return "holds a slash but is no CIDR range";
  const host = withoutPort(entry);
  if (host === undefined) return "has no port number after the colon";
  if (isIP(host) !== 0) return undefined;
  return isDomain(host) ? undefined : "is neither a domain nor an IP address";
}

function isCidr(entry: string): boolean {
  const [address = "", bits = "", ...rest] = entry.split("/");
  const version = isIP(address);
  return rest.length === 0 && version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

/** The host of `host`, `host:port`, `[v6]` or `[v6]:port`; undefined where the port is not one. */
function withoutPort(entry: string): string | undefined {
  if (isIP(entry) !== 0) return entry;
  const found = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry);
  return found && Number(found[3] ?? 0) <= 65_535 ? (found[1] ?? found[2]) : undefined;
}

function isDomain(host: string): boolean {
  const labels = host
    .replace(/^\*?\./, "")
    .replace(/\.$/, "")
    .split(".");
  return labels.every((label) => /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$/u.test(label));
}

/**
 * The entries in their order without doubles; `*` stands for all of them.
 *
 * @internal
 */
export function joinNoProxy(entries: readonly string[]): string {
  return entries.includes("*") ? "*" : [...new Set(entries)].join(",");
}
