import type { Colors } from "./terminal";
import type { Inspection } from "../inspection/inspection";
import type { Route } from "../inspection/route";
import { signerName, signerOf } from "../inspection/signer";
import { shownEndpoint } from "../network/endpoint";
import { shownProxy } from "../network/proxy-address";
import type { ParsedCertificate } from "../x509/parsed-certificate";
import type { Trust, Voucher } from "../x509/trust";
import { certificateFacts } from "./certificate-facts";
import { printable } from "./printable";
import type { Remedy } from "./remedy";

const VOUCHERS: Readonly<Record<Voucher, string>> = {
  public: "a public authority",
  given: "given by --ca",
  unknown: "not known here",
};

const DAY = 24 * 60 * 60 * 1000;
/** As `CaBundle` warns. */
const SOON_DAYS = 30;

/** The inspection for people. */
export function inspectionText(
  inspection: Inspection,
  remedy: Remedy,
  snippet: readonly string[],
  colors: Colors,
): string {
  const { direct, proxied, trust } = inspection;
  const lines = [
    ...routeLines(direct, proxied === undefined, trust, colors),
    ...(proxied === undefined ? [] : ["", ...routeLines(proxied, true, trust, colors)]),
    "",
    ...conclusion(inspection, colors),
  ];
  const todo = [...remedy.sentences.map(printable), ...remedy.commands.map((command) => `  ${printable(command)}`)];
  if (todo.length > 0) lines.push("", colors.bold("What to do"), ...todo);
  if (snippet.length > 0)
    lines.push("", colors.bold("In the template"), ...snippet.map((line) => `  ${printable(line)}`));
  return `${lines.join("\n")}\n`;
}

function routeLines(route: Route, isDecisive: boolean, trust: Trust, colors: Colors): string[] {
  const { attempt } = route;
  const where = attempt.proxy === undefined ? "directly" : `through ${shownProxy(attempt.proxy)}`;
  const title = colors.bold(`${shownEndpoint(attempt.target)} ${where}`);
  const lines: string[] = [];
  if (attempt.proxyChain !== undefined) {
    lines.push("The proxy itself presents:", ...chainLines(attempt.proxyChain, trust, colors));
    if (attempt.http2Failure !== undefined) lines.push(colors.yellow("It offers HTTP/2."));
    if (attempt.chain !== undefined) lines.push("The server presents:");
  }
  if (attempt.chain !== undefined) lines.push(...chainLines(attempt.chain, trust, colors));
  if (attempt.failure !== undefined) {
    const paint = isDecisive ? colors.red : colors.dim;
    lines.push(paint(printable(attempt.failure.goError)));
    if (!isDecisive) lines.push(colors.dim(printable(attempt.failure.explanation)));
  }
  const agreed = [attempt.address, attempt.protocol, attempt.alpn].filter((one) => one !== undefined).join(", ");
  return [`${title}${agreed === "" ? "" : colors.dim(` (${printable(agreed)})`)}`, ...lines.map((line) => `  ${line}`)];
}

function chainLines(served: readonly ParsedCertificate[], trust: Trust, colors: Colors): string[] {
  const { chain, authority, isServed } = signerOf(served, trust);
  const lines = chain.flatMap((certificate, depth) => certificateLines(certificate, depth, colors));
  const depth = chain.length;
  const last = chain.at(-1);
  if (authority !== undefined && last !== undefined && !authority.equals(last)) {
    const { subject, fingerprint } = certificateFacts(authority);
    const note = isServed ? "" : colors.dim(" (not sent)");
    lines.push(`${branch(depth)}${printable(subject)}${note}`, `${indent(depth)}  SHA-256    ${fingerprint}`);
  } else if (authority === undefined && last !== undefined) {
    lines.push(
      `${branch(depth)}${colors.red(printable(certificateFacts(last).issuer))}${colors.dim(" (neither sent nor known)")}`,
    );
  }
  return lines;
}

function certificateLines(certificate: ParsedCertificate, depth: number, colors: Colors): string[] {
  const { subject, names, notBefore, notAfter, key, signature, isAuthority, fingerprint } =
    certificateFacts(certificate);
  const facts = [
    ...(isAuthority && names.length === 0
      ? []
      : [["names", names.length === 0 ? "none: it has no subjectAltName" : names.join(", ")]]),
    ["valid", `${notBefore} to ${notAfter}${remaining(certificate)}`],
    ["key", key],
    ["signature", signature],
    ...(certificate.isSelfIssued ? [["SHA-256", fingerprint]] : []),
  ];
  return [
    `${branch(depth)}${printable(subject)}${certificate.isSelfIssued ? colors.dim(" (signed by itself)") : ""}`,
    ...facts.map(([name = "", value = ""]) => `${indent(depth)}  ${name.padEnd(10)} ${printable(value)}`),
  ];
}

/** What is to be renewed soon. */
function remaining({ notAfter }: ParsedCertificate): string {
  const days = Math.floor((notAfter.getTime() - Date.now()) / DAY);
  if (days < 0) return ", which is over";
  return days < SOON_DAYS ? `, ${days} more day${days === 1 ? "" : "s"}` : "";
}

function branch(depth: number): string {
  return depth === 0 ? "" : `${"   ".repeat(depth - 1)}└─ `;
}

function indent(depth: number): string {
  return "   ".repeat(depth);
}

function conclusion(inspection: Inspection, colors: Colors): string[] {
  const { decisive, trust, proxied, intercepts } = inspection;
  const { obstacle, attempt } = decisive;
  const out: [string, string][] = [];
  if (attempt.chain !== undefined) {
    const signer = signerOf(attempt.chain, trust);
    out.push(["signed by", `${printable(signerName(signer))}, ${VOUCHERS[signer.voucher]}`]);
  }
  if (proxied !== undefined) {
    const answer =
      intercepts === undefined
        ? "cannot be told, because the server is not reached both ways"
        : intercepts
          ? "yes, the proxy presents a certificate of its own"
          : "no, the proxy passes TLS through";
    out.push(["intercepted", answer]);
  }
  out.push([
    "Envbuilder",
    obstacle === undefined ? colors.green("trusts it") : colors.red(`fails: ${printable(obstacle.error)}`),
  ]);
  return out.map(([name, value]) => `${name.padEnd(12)} ${value}`);
}
