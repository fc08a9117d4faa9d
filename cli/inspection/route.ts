import type { Attempt } from "../network/attempt";
import type { Trust } from "../x509/trust";
import { type Refusal, type Verdict, judge, rsaBits, weakKey } from "../x509/verdict";
import type { ParsedCertificate } from "../x509/parsed-certificate";

/** Why Envbuilder gets no answer on a way to a server, or does not believe it. */
export interface Obstacle {
  /** Stable and speaking: one of `Refusal`, or what the network does, such as `proxy-authentication`. */
  readonly code: string;
  /** What Envbuilder prints, behind `Get "https://…": `. */
  readonly error: string;
  /** Whose certificate it is about. */
  readonly of: "server" | "proxy";
  readonly refusal?: Refusal;
  /** The certificate that is at fault. */
  readonly certificate?: ParsedCertificate;
  /** In plain words, of what has no certificate. */
  readonly explanation?: string;
}

/** A way to a server, judged. */
export interface Route {
  readonly attempt: Attempt;
  /** Of the server's chain. @default - there is none */
  readonly verdict?: Verdict;
  /** Of an `https://` proxy's own chain. @default - there is none */
  readonly proxyVerdict?: Verdict;
  /** What stops Envbuilder first. @default - nothing */
  readonly obstacle?: Obstacle;
}

export function judgeRoute(attempt: Attempt, trust: Trust, now: Date): Route {
  const { chain, proxyChain, target, proxy } = attempt;
  const verdict = chain && judge(chain, target.host, trust, now);
  const proxyVerdict = proxyChain && proxy && judge(proxyChain, proxy.host, trust, now);
  const obstacle = firstObstacle(attempt, verdict, proxyVerdict);
  return {
    attempt,
    ...(verdict === undefined ? {} : { verdict }),
    ...(proxyVerdict === undefined ? {} : { proxyVerdict }),
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}

function firstObstacle(attempt: Attempt, verdict?: Verdict, proxyVerdict?: Verdict): Obstacle | undefined {
  if (proxyVerdict?.trusted === false) return ofVerdict(proxyVerdict, "proxy");
  if (attempt.http2Failure !== undefined) {
    return {
      code: "proxy-http2",
      error: attempt.http2Failure.goError,
      of: "proxy",
      explanation:
        "The proxy offers HTTP/2 on its https:// port, and Go programs then speak HTTP/1.1 to it all the same.",
    };
  }
  const { failure, chain } = attempt;
  if (failure !== undefined) {
    return {
      code: failure.code,
      error: failure.goError,
      of: failure.stage === "proxy" ? "proxy" : "server",
      explanation: failure.explanation,
    };
  }
  if (verdict?.trusted === false) return ofVerdict(verdict, "server");
  const [leaf] = chain ?? [];
  const bits = leaf && rsaBits(leaf);
  if (bits !== undefined && bits < 1024) {
    const error = `tls: invalid signature by the server certificate: ${weakKey(bits)}`;
    return { code: "weak-key", error, of: "server", refusal: "weak-key", ...(leaf ? { certificate: leaf } : {}) };
  }
  return undefined;
}

function ofVerdict(verdict: Verdict & { readonly trusted: false }, of: "server" | "proxy"): Obstacle {
  const { reason, error, certificate } = verdict;
  return {
    code: reason,
    error: of === "proxy" ? `proxyconnect tcp: ${error}` : error,
    of,
    refusal: reason,
    certificate,
  };
}
