import type { Ailment } from "../doctor/ailment";
import type { CaVariable } from "../doctor/ca-variables";
import type { Consultation, ProgramVerdict } from "../doctor/consultation";
import type { Program } from "../doctor/program";
import type { Obstacle } from "../inspection/route";
import { shownEndpoint } from "../network/endpoint";
import { printable } from "./printable";
import type { Colors } from "./terminal";

/** What a look at an environment found. */
export interface DoctorReport {
  /** Name and value, without users and passwords. */
  readonly proxies: readonly (readonly [name: string, value: string])[];
  readonly certificates: readonly CaVariable[];
  readonly ailments: readonly Ailment[];
  readonly consultations: readonly Consultation[];
}

/** For people. */
export function doctorText(report: DoctorReport, colors: Colors): string {
  const { proxies, certificates, ailments, consultations } = report;
  const variables = [
    ...proxies,
    ...certificates.map(({ name, source: { path, certificates: found, fault } }): [string, string] => [
      name,
      `${path} (${fault ?? `${found.length} certificate${found.length === 1 ? "" : "s"}`})`,
    ]),
  ];
  const lines = [
    colors.bold("Variables"),
    ...(variables.length === 0 ? ["  no proxy and no certificates are named"] : variables.map(row)),
    ...(ailments.length === 0 ? [] : ["", colors.bold("What is wrong with them")]),
    ...ailments.map(({ level, message, code }) => {
      const paint = level === "error" ? colors.red : colors.yellow;
      return `  ${paint(level)}: ${printable(message)} ${colors.dim(`[${code}]`)}`;
    }),
    ...consultations.flatMap((one) => ["", ...consultationLines(one, colors)]),
    ...(consultations.length === 0 ? ["", "No server is known: name one, such as git.example.com."] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function row([name, value]: readonly [string, string]): string {
  return `  ${name.padEnd(20)} ${printable(value)}`;
}

function consultationLines({ server, signer, verdicts }: Consultation, colors: Colors): string[] {
  const by = signer === undefined ? "" : `, signed by ${printable(signer)}`;
  const from = server.origin === "argument" ? "" : colors.dim(` (${server.origin})`);
  return [
    `${colors.bold(shownEndpoint(server.endpoint))}${from}${by}`,
    ...verdicts.map((verdict) => `  ${verdict.program.name.padEnd(12)} ${verdictText(verdict, colors)}`),
  ];
}

function verdictText({ program, proxy, obstacle }: ProgramVerdict, colors: Colors): string {
  const way = colors.dim(` (${proxy === undefined ? "directly" : `through ${proxy}`}, by ${program.origin})`);
  if (obstacle === undefined) return `${colors.green("trusts it")}${way}`;
  return `${colors.red(`fails: ${printable(program.isGo ? obstacle.error : neutrally(obstacle, program))}`)}${way}`;
}

/** The words of a Go program are not those of others. */
function neutrally({ refusal, error, explanation }: Obstacle, { remedy }: Program): string {
  if (refusal === "unknown-authority") return `does not know the authority; give it by ${remedy}`;
  if (refusal !== undefined) return refusal;
  // What to do about it is more than a line holds.
  const [what = error] = (explanation ?? error).split(/\.(?: |$)/);
  return what.charAt(0).toLowerCase() + what.slice(1);
}

/** For programs. New properties may come; none changes its meaning. */
export function doctorJson({ proxies, certificates, ailments, consultations }: DoctorReport): object {
  return {
    proxies: Object.fromEntries(proxies),
    certificates: certificates.map(({ name, source: { path, certificates: found, fault } }) => ({
      name,
      path,
      count: found.length,
      fault: fault ?? null,
    })),
    ailments,
    servers: consultations.map(({ server, signer, verdicts }) => ({
      host: server.endpoint.host,
      port: server.endpoint.port,
      origin: server.origin,
      signer: signer ?? null,
      programs: verdicts.map(({ program, proxy, obstacle }) => ({
        name: program.name,
        use: program.use,
        trusted: obstacle === undefined,
        code: obstacle?.code ?? null,
        error: program.isGo ? (obstacle?.error ?? null) : null,
        proxy: proxy ?? null,
        origin: program.origin,
      })),
    })),
  };
}
