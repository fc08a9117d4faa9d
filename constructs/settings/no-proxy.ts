import { BlockList } from "node:net";
import { ValidationError, shown } from "../errors";
import { ipVersion } from "./ip-address";
import { hasReference } from "./text";
import { BLANK, UnicodePattern } from "../unicode-pattern";

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
  if (entry.startsWith("#{")) return 'is a list by reference; give Fn.join(",", LIST) as one entry instead';
  if (entry === "") return "is empty";
  if (BLANK.test(entry)) return "holds white space or a control character";
  if (entry.includes(",")) return "holds a comma: each host is an entry of its own";
  if (entry.includes("://")) return "is a URL, but only hosts are compared";
  if (isCidr(entry)) return undefined;
  if (entry.includes("/")) return "holds a slash but is no CIDR range";
  if (entry.endsWith(".")) return "ends with a dot, which Go finds in no host";
  const address = /^\[([^\]]*)\](:.*)?$/.exec(entry);
  if (address && address[2] === undefined) return "has brackets but no port, so that Go takes it for a name";
  const [, host = "", port = ":1"] = address ?? /^([^:]*)(:.*)?$/.exec(entry) ?? [];
  if (isAddress(entry)) return undefined;
  if (/^:0+\d/.test(port)) return "has a port that begins with 0, which Go finds in no URL";
  if (!/^:[1-9]\d{0,4}$/.test(port) || Number(port.slice(1)) > 65_535) return "has no port number after the colon";
  return isAddress(host) || (!address && isDomain(host)) ? undefined : "is neither a domain nor an IP address";
}

function isCidr(entry: string): boolean {
  const [address = "", bits = "", ...rest] = entry.split("/");
  return (
    rest.length === 0 &&
    isAddress(address) &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (ipVersion(address) === 4 ? 32 : 128)
  );
}

/** Without a zone, such as `%eth0`, which Go does not take here. */
function isAddress(text: string): boolean {
  return ipVersion(text) !== 0 && !text.includes("%");
}

const LABEL = new UnicodePattern(String.raw`^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$`);

/** A name whose last label is a number is an address with a mistake in it. */
function isDomain(host: string): boolean {
  const labels = host.replace(/^\*?\./, "").split(".");
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/**
 * An entry as every program reads it: `*.example.com` means to Go what `.example.com` does, and to curl nothing.
 *
 * @internal
 */
export function plainNoProxy(entry: string): string {
  return entry.replace(/^\*\./, ".");
}

/**
 * The entries in their order without doubles; `*` stands for all of them.
 *
 * @internal
 */
export function joinNoProxy(entries: readonly string[]): string {
  return entries.includes("*") ? "*" : [...new Set(entries)].join(",");
}

/**
 * Whether a host is reached without the proxy, as Go decides it.
 *
 * @param host - literal, an address of version 6 without brackets
 * @returns undefined where only Terraform knows
 * @internal
 */
export function isDirect(entries: readonly string[], host: string, port: string): boolean | undefined {
  if (entries.some((entry) => !hasReference(entry) && names(entry.toLowerCase(), host.toLowerCase(), port)))
    return true;
  return entries.some(hasReference) ? undefined : false;
}

function names(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (entry.includes("/")) return ipVersion(host) !== 0 && isWithin(host, entry);
  const [, bracketed, plain = entry, entryPort] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== undefined && Number(entryPort) !== Number(port)) return false;
  const name = bracketed ?? plain;
  if (ipVersion(host) !== 0) return ipVersion(name) !== 0 && isWithin(host, name);
  const domain = plainNoProxy(name);
  return host.endsWith(domain.startsWith(".") ? domain : `.${domain}`) || host === domain;
}

/** Whether an address is another one, however it is written, or in a range. */
function isWithin(address: string, range: string): boolean {
  const [base = "", bits] = range.split("/");
  if (family(base) !== family(address)) return false;
  const list = new BlockList();
  if (bits === undefined) list.addAddress(base, family(base));
  else list.addSubnet(base, Number(bits), family(base));
  return list.check(address, family(address));
}

function family(address: string): "ipv4" | "ipv6" {
  return ipVersion(address) === 4 ? "ipv4" : "ipv6";
}
