import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { shown } from "../../constructs/errors";
import { nameOf } from "../../constructs/settings/certificate";
import { type Bundle, type BundleEntry, makeBundle } from "../bundle/bundle";
import { type Candidate, readCandidates } from "../bundle/candidate";
import { proxyAuthority, readFingerprint } from "../bundle/proxy-authority";
import { errorCode } from "../error-code";
import { ExitCode } from "../exit-code";
import { inspectServer } from "../inspection/inspection";
import { readEndpoint, shownEndpoint } from "../network/endpoint";
import { shownProxy, withCredentialsOf } from "../network/proxy-address";
import { printable, printableJson } from "../report/printable";
import type { Terminal } from "../report/terminal";
import { UsageError } from "../usage-error";
import { Trust } from "../x509/trust";
import { givenProxy } from "./given-proxy";

export interface BundleOptions {
  readonly fromProxy?: string;
  readonly host?: string;
  readonly fingerprint?: string;
  readonly publicRoots: boolean;
  readonly out?: string;
  /** In seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** `bundle`: certificates and the public authorities in one file, and what became of each. */
export async function bundle(files: readonly string[], options: BundleOptions, terminal: Terminal): Promise<ExitCode> {
  const now = new Date();
  checkOptions(files, options);
  const candidates = files.flatMap((file) => readCandidates(file, now));
  if (options.fromProxy !== undefined) candidates.push(await fromProxy(options.fromProxy, options, now, terminal));
  const made = makeBundle(candidates, options.publicRoots);
  const isAny = made.entries.some(({ certificate }) => certificate !== undefined);
  if (options.out !== undefined && isAny) write(options.out, made.pem);
  // What is to be piped on is alone on the standard output.
  if (options.json === true) terminal.out(`${printableJson(asJson(made, isAny ? options.out : undefined))}\n`);
  else if (options.out === undefined) {
    terminal.err(asText(made, terminal));
    if (isAny) terminal.out(made.pem);
  } else terminal.out(`${asText(made, terminal)}${isAny ? `${printable(options.out)}: ${total(made)}\n` : ""}`);
  return exitCodeOf(made);
}

function exitCodeOf({ entries }: Bundle): ExitCode {
  if (entries.some(({ fate }) => fate === "refused")) return ExitCode.BAD;
  return entries.some(({ fate }) => fate === "unanswered") ? ExitCode.NO_ANSWER : ExitCode.GOOD;
}

function checkOptions(files: readonly string[], { fromProxy: proxy, host, fingerprint, out }: BundleOptions): void {
  if (files.length === 0 && proxy === undefined) {
    throw new UsageError("there is nothing to put together; give PEM files, or --from-proxy with --host");
  }
  if ((proxy === undefined) !== (host === undefined)) {
    throw new UsageError(
      "--from-proxy and --host belong together: a proxy shows its authority at a host that it intercepts",
    );
  }
  if (fingerprint !== undefined && proxy === undefined) throw new UsageError("--fingerprint belongs to --from-proxy");
  if (out !== undefined && files.some((file) => resolve(file) === resolve(out))) {
    throw new UsageError(`--out ${shown(out)} would replace a file that is read; name another one`);
  }
}

async function fromProxy(url: string, options: BundleOptions, now: Date, terminal: Terminal): Promise<Candidate> {
  const fingerprint = options.fingerprint === undefined ? undefined : readFingerprint(options.fingerprint);
  const target = readEndpoint(options.host ?? "");
  const proxy = withCredentialsOf(givenProxy("--from-proxy", url), terminal.environment);
  terminal.progress(`asking ${shownProxy(proxy)} for ${shownEndpoint(target)}`);
  const inspection = await inspectServer(target, {
    proxy,
    trust: new Trust([], true),
    timeoutMs: options.timeout * 1000,
  }).finally(() => terminal.progress(""));
  return proxyAuthority(inspection, fingerprint, now);
}

function write(file: string, pem: string): void {
  try {
    writeFileSync(file, pem);
  } catch (error) {
    throw new UsageError(
      `--out ${shown(file)} cannot be written (${errorCode(error)}); name a file in a folder that exists`,
    );
  }
}

const FATES: Readonly<Record<BundleEntry["fate"], string>> = {
  added: "added",
  refused: "refused",
  twice: "given twice",
  public: "public anyway",
  unanswered: "no answer",
};

function asText({ entries }: Bundle, { colors }: Terminal): string {
  return entries
    .flatMap(({ origin, certificate, refusal, warnings, fate }) => {
      const isMissing = fate === "refused" || fate === "unanswered";
      const paint = isMissing ? colors.red : fate === "added" ? colors.green : colors.dim;
      const what =
        certificate === undefined
          ? (refusal ?? "")
          : `${nameOf(certificate)} from ${origin}, until ${new Date(certificate.validTo).toISOString().slice(0, 10)}`;
      return [
        `${paint(FATES[fate].padEnd(13))} ${printable(what)}`,
        ...(certificate === undefined ? [] : [`${" ".repeat(13)} SHA-256 ${certificate.fingerprint256}`]),
        ...warnings.map((warning) => `${colors.yellow("warning".padEnd(13))} ${printable(warning)}`),
      ];
    })
    .map((line) => `${line}\n`)
    .join("");
}

function total({ count, publicCount }: Bundle): string {
  return `${count} certificates, ${publicCount} of them public authorities`;
}

function asJson({ entries, count, publicCount }: Bundle, file: string | undefined): object {
  return {
    file: file ?? null,
    certificates: count,
    publicAuthorities: publicCount,
    entries: entries.map(({ origin, certificate, refusal, warnings, fate }) => ({
      fate,
      origin,
      subject: certificate === undefined ? null : JSON.parse(nameOf(certificate)),
      fingerprint: certificate?.fingerprint256 ?? null,
      notAfter: certificate === undefined ? null : new Date(certificate.validTo).toISOString().slice(0, 10),
      refusal: refusal ?? null,
      warnings,
    })),
  };
}
