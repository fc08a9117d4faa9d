import { shownProxy } from "../network/proxy-address";
import type { Inspection } from "../inspection/inspection";
import type { Obstacle, Route } from "../inspection/route";
import { signerOf } from "../inspection/signer";
import { certificateFacts } from "./certificate-facts";
import { isIP } from "node:net";

/** What to do, in sentences, and what to write. */
export interface Remedy {
  readonly sentences: readonly string[];
  /** For a shell. */
  readonly commands: readonly string[];
}

const NOTHING: Remedy = { sentences: [], commands: [] };

export function remedyFor(inspection: Inspection): Remedy {
  const { decisive } = inspection;
  const { obstacle } = decisive;
  if (obstacle === undefined) return NOTHING;
  const isProxy = obstacle.of === "proxy";
  const host = isProxy ? (decisive.attempt.proxy?.host ?? "") : inspection.target.host;
  const owner = isProxy ? "the proxy" : host;
  switch (obstacle.code) {
    case "unknown-authority":
      return unknownAuthority(inspection, decisive, isProxy, owner);
    case "no-subject-alt-name":
      return withoutSubjectAltName(obstacle, host);
    case "wrong-host":
      return say(
        `The certificate is for other names. Use one of those in the repository's URL${isProxy ? " or the proxy's" : ""}, or have ${host} added to its subjectAltName.`,
      );
    case "expired":
      return say(
        `${whose(obstacle, decisive)} has expired: have it renewed. No setting of a template makes up for it.`,
      );
    case "not-yet-valid":
      return say(
        `${whose(obstacle, decisive)} is not valid yet: wait until then, or correct the clock of the machine that it was made on or of this one.`,
      );
    case "insecure-signature":
      return say(
        "SHA-1 and MD5 signatures can be forged, and Go refuses them: have the certificate issued again with SHA-256. Giving it in ca helps for a root only.",
      );
    case "weak-key":
      return say(
        "The key is too short for Go: have the certificate issued again with RSA of 2048 bits or ECDSA P-256.",
      );
    case "not-an-authority":
      return say(
        "A certificate of the chain may not sign others, or not so many: its issuer has to set basicConstraints CA:TRUE and keyUsage keyCertSign.",
      );
    case "wrong-usage":
      return say("The certificate is not for servers: have it issued with extendedKeyUsage serverAuth.");
    case "name-not-permitted":
      return say(
        "The authority is limited to other names (nameConstraints): have the certificate issued by another one.",
      );
    case "proxy-http2":
      return say(
        "Use the proxy's http:// port, which encrypts the traffic to HTTPS servers just as well; or switch HTTP/2 off in the proxy; or set disableHttp2 of Proxy.containerWide.",
      );
    default:
      return obstacle.explanation === undefined ? NOTHING : say(capitalized(obstacle.explanation));
  }
}

function say(...sentences: string[]): Remedy {
  return { sentences, commands: [] };
}

function whose({ certificate }: Obstacle, { attempt }: Route): string {
  const leaf = attempt.chain?.[0];
  if (certificate === undefined || (leaf !== undefined && certificate.equals(leaf))) return "The certificate";
  return `The certificate ${JSON.stringify(certificateFacts(certificate).subject)} of the chain`;
}

function unknownAuthority(inspection: Inspection, route: Route, isProxy: boolean, owner: string): Remedy {
  const served = (isProxy ? route.attempt.proxyChain : route.attempt.chain) ?? [];
  const signer = signerOf(served, inspection.trust);
  const last = signer.chain.at(-1);
  if (last === undefined) return NOTHING;
  if (signer.voucher === "public") {
    return {
      sentences: ["A public authority signed it, and --no-public-roots leaves those out: leave publicRoots as it is."],
      commands: [],
    };
  }
  const issuer = JSON.stringify(certificateFacts(last).issuer);
  const urls = last.extensions.issuerUrls.filter((url) => /^https?:\/\/[\x21-\x7e]+$/.test(url));
  const who = inspection.intercepts === true && !isProxy ? "the proxy's team" : `whoever runs ${owner}`;
  if (signer.authority !== undefined) {
    const { fingerprint } = certificateFacts(last);
    return {
      sentences: [
        `${JSON.stringify(certificateFacts(last).subject)} signed it and is trusted by nobody yet. Get this certificate from ${who}, compare its SHA-256 fingerprint with ${fingerprint}, and give it as --ca here and as ca in the template.`,
      ],
      commands: [],
    };
  }
  return {
    sentences: [
      `${issuer} signed it, which is neither sent nor trusted. If that is a root, get its certificate from ${who} and give it as --ca here and as ca in the template. If it is an intermediate authority, ${isProxy ? "the proxy" : "the server"} has to send it, too: Go fetches none.`,
      ...urls.map((url) => `The certificate says that its issuer's is to be had at ${url}.`),
    ],
    commands: [],
  };
}

function withoutSubjectAltName(obstacle: Obstacle, host: string): Remedy {
  const name = `${isIP(host) === 0 ? "DNS" : "IP"}:${host}`;
  const isSelfSigned = obstacle.certificate?.isSelfIssued === true;
  const sentences = [
    `The certificate names the host as its common name only, which Go ignores. Have it made again with a subjectAltName.`,
  ];
  const key = "-newkey rsa:2048 -nodes -keyout server.key";
  const what = `-subj "/CN=${host}" -addext "subjectAltName = ${name}"`;
  return {
    sentences,
    commands: isSelfSigned
      ? [`openssl req -x509 ${key} -days 365 ${what} -out server.pem`]
      : [
          `openssl req ${key} ${what} -out server.csr`,
          "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 365 -copy_extensions copy -out server.pem",
        ],
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What stands in the template, as far as it is known. */
export function templateSnippet(inspection: Inspection, files: readonly string[], withPublicRoots: boolean): string[] {
  const { proxied, intercepts } = inspection;
  const proxy = proxied?.attempt.proxy;
  const lines: string[] = [];
  if (proxy !== undefined) {
    const credentials = proxy.credentials === undefined ? undefined : proxy.credentials.split(":")[0];
    const props = [
      `url: ${JSON.stringify(shownProxy(proxy))}`,
      ...(credentials === undefined
        ? []
        : [`credentials: { user: ${JSON.stringify(credentials)}, password: Secret.fromVariable(proxyPassword) }`]),
      ...(proxied?.attempt.http2Failure === undefined ? [] : ["disableHttp2: true"]),
    ];
    lines.push(`proxy: Proxy.containerWide({ ${props.join(", ")} }),`);
  }
  const wanted = neededFiles(inspection, files);
  if (wanted.length > 0) {
    const list = wanted.map((file) => JSON.stringify(file)).join(", ");
    const options = withPublicRoots ? "" : ", { publicRoots: false }";
    const make = wanted.length === 1 ? `fromFile(${list}` : `fromFiles([${list}]`;
    const why = intercepts === true ? " // the proxy's authority" : "";
    lines.push(`ca: CaBundle.${make}${options}),${why}`);
  }
  return lines;
}

/** The files that were given, or a name for the one that has to be got. */
function neededFiles(inspection: Inspection, files: readonly string[]): readonly string[] {
  if (files.length > 0) return files;
  return inspection.decisive.obstacle?.code === "unknown-authority" ? ["certs/corporate-root.pem"] : [];
}
