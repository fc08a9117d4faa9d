import { caAilments, caVariables } from "../doctor/ca-variables";
import { configuredServers } from "../doctor/configured-servers";
import { consult } from "../doctor/consultation";
import { NO_PROXY_NAMES, PROXY_NAMES, proxyAilments } from "../doctor/proxy-variables";
import { programs } from "../doctor/program";
import { ExitCode } from "../exit-code";
import { type DoctorReport, doctorJson, doctorText } from "../report/doctor-report";
import { printableJson } from "../report/printable";
import type { Terminal } from "../report/terminal";

export interface DoctorOptions {
  /** In seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** `doctor`: how the environment names proxies and certificates, and what each program makes of it. */
export async function doctor(
  servers: readonly string[],
  options: DoctorOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { environment } = terminal;
  const wanted = configuredServers(servers, environment);
  const certificates = caVariables(environment);
  terminal.progress(`connecting to ${wanted.length} servers`);
  const known = wanted.length === 0 ? [] : programs(environment);
  const consultations = await Promise.all(
    wanted.map(async (server) => await consult(server, known, environment, options.timeout * 1000)),
  ).finally(() => terminal.progress(""));
  const report: DoctorReport = {
    proxies: [...PROXY_NAMES, ...NO_PROXY_NAMES].flatMap((name) => {
      const value = environment[name] ?? "";
      return value === "" ? [] : [[name, withoutCredentials(value)] as const];
    }),
    certificates,
    ailments: [...proxyAilments(environment), ...caAilments(environment, certificates, new Date())],
    consultations,
  };
  terminal.out(options.json === true ? `${printableJson(doctorJson(report))}\n` : doctorText(report, terminal.colors));
  return exitCodeOf(report);
}

function withoutCredentials(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1…@");
}

function exitCodeOf({ ailments, consultations }: DoctorReport): ExitCode {
  const obstacles = consultations.flatMap(({ verdicts }) => verdicts.flatMap(({ obstacle }) => obstacle ?? []));
  if (ailments.some(({ level }) => level === "error")) return ExitCode.BAD;
  if (obstacles.some(({ refusal }) => refusal !== undefined)) return ExitCode.BAD;
  return obstacles.length > 0 ? ExitCode.NO_ANSWER : ExitCode.GOOD;
}
