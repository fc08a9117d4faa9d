import { signerName, signerOf } from "../inspection/signer";
import { type Obstacle, judgeRoute } from "../inspection/route";
import { type Attempt, attemptDirectly, attemptThrough } from "../network/attempt";
import { firstOf, isExempt, type ProxyAddress, readProxy, shownProxy } from "../network/proxy-address";
import { UsageError } from "../usage-error";
import { Trust } from "../x509/trust";
import type { ConfiguredServer } from "./configured-servers";
import type { Program } from "./program";

/** What one program makes of a server. */
export interface ProgramVerdict {
  readonly program: Program;
  /** Without user and password. @default - directly */
  readonly proxy?: string;
  /** @default - it trusts the server */
  readonly obstacle?: Obstacle;
}

/** A server, with what each program makes of it. */
export interface Consultation {
  readonly server: ConfiguredServer;
  /** Who signed what it presents; undefined where it is not reached. */
  readonly signer?: string;
  readonly verdicts: readonly ProgramVerdict[];
}

/** Connects once for each way that a program takes, and asks each program's trust. */
export async function consult(
  server: ConfiguredServer,
  programs: readonly Program[],
  environment: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Consultation> {
  const ways = new Map<string, Promise<Attempt>>();
  const attemptOf = (proxy: ProxyAddress | undefined): Promise<Attempt> => {
    const key = proxy === undefined ? "" : `${shownProxy(proxy)} ${proxy.credentials ?? ""}`;
    const known = ways.get(key);
    if (known !== undefined) return known;
    const { endpoint } = server;
    const made =
      proxy === undefined ? attemptDirectly(endpoint, { timeoutMs }) : attemptThrough(proxy, endpoint, { timeoutMs });
    ways.set(key, made);
    return made;
  };
  const now = new Date();
  const verdicts = await Promise.all(
    programs.map(async (program): Promise<ProgramVerdict> => {
      const proxy = proxyFor(program, server, environment);
      if (proxy === "socks") return { program, proxy, obstacle: SOCKS };
      const route = judgeRoute(await attemptOf(proxy), new Trust(program.roots, program.withPublicRoots), now);
      return {
        program,
        ...(proxy === undefined ? {} : { proxy: shownProxy(proxy) }),
        ...(route.obstacle === undefined ? {} : { obstacle: route.obstacle }),
      };
    }),
  );
  const attempts = await Promise.all(ways.values());
  const chain = attempts.find((attempt) => attempt.chain !== undefined)?.chain;
  const all = new Trust(
    programs.flatMap(({ roots }) => roots),
    true,
  );
  return { server, verdicts, ...(chain === undefined ? {} : { signer: signerName(signerOf(chain, all)) }) };
}

const SOCKS: Obstacle = { code: "socks-proxy", error: "a SOCKS proxy is not tried", of: "proxy" };

function proxyFor(
  program: Program,
  server: ConfiguredServer,
  environment: NodeJS.ProcessEnv,
): ProxyAddress | "socks" | undefined {
  const found = firstOf(program.proxyNames, environment);
  if (found === undefined || isExempt(server.endpoint, environment)) return undefined;
  if (/^socks/i.test(found[1])) return "socks";
  try {
    return readProxy(found[1], found[0]);
  } catch (error) {
    // What cannot be read is ignored by Go, and told as an ailment.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
