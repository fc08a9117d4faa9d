import { isIP } from "node:net";
import { shown } from "../../constructs/errors";
import { ExitCode } from "../exit-code";
import { type Inspection, inspectServer } from "../inspection/inspection";
import { readEndpoint, shownEndpoint } from "../network/endpoint";
import { proxyOfEnvironment, withCredentialsOf } from "../network/proxy-address";
import { inspectionJson } from "../report/inspection-json";
import { inspectionText } from "../report/inspection-text";
import { printableJson } from "../report/printable";
import { remedyFor, templateSnippet } from "../report/remedy";
import type { Terminal } from "../report/terminal";
import { UsageError } from "../usage-error";
import { readCertificateFile } from "../x509/certificate-file";
import { Trust } from "../x509/trust";
import { givenProxy } from "./given-proxy";

export interface InspectOptions {
  readonly proxy?: string;
  readonly ca?: readonly string[];
  /** Whether the public authorities are trusted, too. */
  readonly publicRoots: boolean;
  readonly address?: string;
  /** In seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** `inspect`: what a server presents, and whether Envbuilder would trust it. */
export async function inspect(server: string, options: InspectOptions, terminal: Terminal): Promise<ExitCode> {
  const target = readEndpoint(server);
  const files = options.ca ?? [];
  if (options.address !== undefined && isIP(options.address) === 0) {
    throw new UsageError(`--address ${shown(options.address)} is no IP address`);
  }
  if (!options.publicRoots && files.length === 0) {
    throw new UsageError("--no-public-roots leaves nobody to be trusted; give --ca, too");
  }
  // An expired one is not refused here: what Envbuilder makes of it is to be shown.
  const given = files.flatMap((file) => readCertificateFile(file, new Date(0)));
  const proxy =
    options.proxy === undefined
      ? proxyOfEnvironment(target, terminal.environment)
      : withCredentialsOf(givenProxy("--proxy", options.proxy), terminal.environment);
  terminal.progress(`connecting to ${shownEndpoint(target)}`);
  const inspection = await inspectServer(target, {
    proxy,
    trust: new Trust(given, options.publicRoots),
    address: options.address,
    timeoutMs: options.timeout * 1000,
  }).finally(() => terminal.progress(""));
  const remedy = remedyFor(inspection);
  const snippet = templateSnippet(inspection, files, options.publicRoots);
  terminal.out(
    options.json === true
      ? `${printableJson(inspectionJson(inspection, remedy, snippet))}\n`
      : inspectionText(inspection, remedy, snippet, terminal.colors),
  );
  return exitCodeOf(inspection);
}

function exitCodeOf({ decisive: { obstacle, attempt } }: Inspection): ExitCode {
  if (obstacle === undefined) return ExitCode.GOOD;
  return obstacle.refusal === undefined && attempt.chain === undefined ? ExitCode.NO_ANSWER : ExitCode.BAD;
}
