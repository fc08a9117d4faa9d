import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Server, createServer } from "node:tls";

import { commandLine } from "./lab/command-line";
import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { ProxyNetwork } from "./lab/proxy-network";
import { AUTHORITY, CertificateMaker, type Issued, SERVER, rsa } from "./lab/served-chains";
import { stateFolder } from "./lab/state";

// Servers of every kind, right and wrong: what `inspect` says of them is what the real Envbuilder says when it clones from
// them with the same certificates.

interface Case {
  readonly name: string;
  readonly host: string;
  /** What the server sends, its own first. */
  readonly chain: readonly Issued[];
  readonly ca: readonly Issued[];
  /** Nothing where it is trusted. */
  readonly code?: string;
}

interface Inspected {
  readonly trusted: boolean;
  readonly code: string | null;
  readonly error: string | null;
  readonly remedy: readonly string[];
  readonly commands: readonly string[];
}

const NAMES = [
  "ECDSA, signed by a root",
  "RSA, signed by a root",
  "with its intermediate",
  "with its intermediate and the root",
  "sent in the wrong order",
  "without its intermediate",
  "whose intermediate is given as ca",
  "signed by an unknown root",
  "that signed itself",
  "that signed itself, given as ca",
  "without subjectAltName",
  "without subjectAltName, that signed itself",
  "without subjectAltName, for another host",
  "for another host",
  "for an address only",
  "with a wildcard",
  "with a wildcard, one label too deep",
  "expired",
  "not yet valid",
  "whose intermediate has expired",
  "whose root has expired",
  "signed with SHA-1",
  "whose intermediate is signed with SHA-1",
  "with an RSA key of 1024 bits",
  "with an RSA key of 512 bits",
  "with an RSA key of 512 bits, from TLS 1.3 on",
  "whose root has an RSA key of 512 bits",
  "whose intermediate is no authority",
  "whose intermediate may not sign certificates",
  "with an expired and a renewed intermediate of the same key",
  "with two certificates that have nothing to do with it",
  "with one intermediate too many",
  "for clients only",
  "whose root is for other domains",
  "whose root excludes the domain",
  "with a demand that nobody knows",
  "signed by a root of the same name and another key",
  "signed with RSASSA-PSS",
  "with an Ed25519 key",
] as const;

let lab: ProxyNetwork;
let cases: ReadonlyMap<string, Case>;
const servers = new Map<string, { server: Server; port: number }>();
let folder: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  folder = stateFolder("cli-inspect");
  cases = new Map((await makeCases()).map((one) => [one.name, one]));
  await Promise.all([...cases.values()].map(serve));
}, 120_000);

afterAll(() => {
  for (const { server } of servers.values()) server.close();
});

async function serve({ name, chain }: Case): Promise<void> {
  const [leaf] = chain;
  const server = createServer({
    cert: chain.map(({ pem }) => pem).join(""),
    ...(leaf === undefined ? {} : { key: readFileSync(leaf.key) }),
    ciphers: "DEFAULT@SECLEVEL=0",
    // TLS 1.3 has no signature that is as short as this key, so that the handshake ends before Go sees one.
    ...(name === "with an RSA key of 512 bits" ? { maxVersion: "TLSv1.2" } : {}),
  });
  server.on("tlsClientError", () => undefined);
  server.on("secureConnection", (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
  });
  await new Promise<void>((done) => server.listen(0, lab.gateway, done));
  const address = server.address();
  servers.set(name, { server, port: typeof address === "object" && address !== null ? address.port : 0 });
}

async function makeCases(): Promise<Case[]> {
  const maker = new CertificateMaker();
  const root = await maker.issue({ subject: "/O=Example Corp/CN=Example Root", extensions: AUTHORITY });
  const rsaRoot = await maker.issue({ subject: "/O=Example Corp/CN=RSA Root", extensions: AUTHORITY, key: rsa(2048) });
  const stranger = await maker.issue({ subject: "/O=Elsewhere/CN=Unknown Root", extensions: AUTHORITY });
  const twin = await maker.issue({ subject: "/O=Example Corp/CN=Example Root", extensions: AUTHORITY });
  const intermediate = await maker.issue({ subject: "/CN=Example Issuing CA", extensions: AUTHORITY, issuer: root });
  const good = { subject: "/CN=git.test", names: "DNS:git.test" };
  const leafOf = async (issuer: Issued) => await maker.issue({ ...good, issuer });
  const branch = async (options: Partial<Parameters<CertificateMaker["issue"]>[0]>) => {
    const middle = await maker.issue({ subject: "/CN=Issuing CA", extensions: AUTHORITY, issuer: root, ...options });
    return [await leafOf(middle), middle];
  };
  const one = (
    chain: readonly Issued[],
    code?: string,
    ca: readonly Issued[] = [root],
    host = "git.test",
  ): Omit<Case, "name"> => ({
    host,
    chain,
    ca,
    ...(code === undefined ? {} : { code }),
  });
  const ofRoot = async (options: Partial<Parameters<CertificateMaker["issue"]>[0]>) =>
    await maker.issue({ ...good, issuer: root, ...options });
  const withRoot = async (options: Partial<Parameters<CertificateMaker["issue"]>[0]>, code: string) => {
    const own = await maker.issue({ subject: "/CN=Special Root", extensions: AUTHORITY, ...options });
    return one([await leafOf(own)], code, [own]);
  };
  const made = await leafOf(intermediate);
  const before = await maker.issue({
    subject: "/CN=Example Issuing CA",
    extensions: AUTHORITY,
    issuer: root,
    keyOf: intermediate,
    beginsInDays: -20,
    endsInDays: -10,
  });
  const self = await maker.issue(good);
  const shortKey = await ofRoot({ key: rsa(512) });
  const limited = await maker.issue({
    subject: "/CN=Limited Root",
    extensions: AUTHORITY.replace("CA:TRUE", "CA:TRUE,pathlen:0"),
  });
  const below = await maker.issue({ subject: "/CN=One Too Many", extensions: AUTHORITY, issuer: limited });
  const deeper = await maker.issue({ subject: "/CN=Deeper", extensions: AUTHORITY, issuer: below });
  const byName: Record<(typeof NAMES)[number], Omit<Case, "name">> = {
    "ECDSA, signed by a root": one([await leafOf(root)]),
    "RSA, signed by a root": one([await maker.issue({ ...good, issuer: rsaRoot, key: rsa(2048) })], undefined, [
      rsaRoot,
    ]),
    "with its intermediate": one([made, intermediate]),
    "with its intermediate and the root": one([made, intermediate, root]),
    "sent in the wrong order": one([made, root, intermediate]),
    "without its intermediate": one([made], "unknown-authority"),
    "whose intermediate is given as ca": one([made], undefined, [intermediate]),
    "signed by an unknown root": one([await leafOf(stranger), stranger], "unknown-authority"),
    "that signed itself": one([self], "unknown-authority"),
    "that signed itself, given as ca": one([self], undefined, [self]),
    "without subjectAltName": one(
      [await maker.issue({ subject: "/CN=git.test", issuer: root })],
      "no-subject-alt-name",
    ),
    "without subjectAltName, that signed itself": one(
      [await maker.issue({ subject: "/CN=git.test" })],
      "no-subject-alt-name",
    ),
    "without subjectAltName, for another host": one(
      [await maker.issue({ subject: "/CN=other.test", issuer: root })],
      "wrong-host",
    ),
    "for another host": one([await ofRoot({ names: "DNS:other.test,DNS:www.other.test" })], "wrong-host"),
    "for an address only": one([await ofRoot({ names: "IP:10.0.0.1" })], "wrong-host"),
    "with a wildcard": one([await ofRoot({ names: "DNS:*.git.test" })], undefined, [root], "a.git.test"),
    "with a wildcard, one label too deep": one(
      [await ofRoot({ names: "DNS:*.git.test" })],
      "wrong-host",
      [root],
      "a.b.git.test",
    ),
    expired: one([await ofRoot({ beginsInDays: -20, endsInDays: -10 })], "expired"),
    "not yet valid": one([await ofRoot({ beginsInDays: 10 })], "not-yet-valid"),
    "whose intermediate has expired": one(await branch({ beginsInDays: -20, endsInDays: -10 }), "expired"),
    "whose root has expired": await withRoot({ beginsInDays: -20, endsInDays: -10 }, "expired"),
    "signed with SHA-1": one([await maker.issue({ ...good, issuer: rsaRoot, digest: "sha1" })], "insecure-signature", [
      rsaRoot,
    ]),
    "whose intermediate is signed with SHA-1": one(await branch({ digest: "sha1" }), "insecure-signature"),
    "with an RSA key of 1024 bits": one([await ofRoot({ key: rsa(1024) })]),
    "with an RSA key of 512 bits": one([shortKey], "weak-key"),
    "with an RSA key of 512 bits, from TLS 1.3 on": one([shortKey], "alert-40"),
    "whose root has an RSA key of 512 bits": await withRoot({ key: rsa(512) }, "weak-key"),
    "whose intermediate is no authority": one(await branch({ extensions: SERVER }), "not-an-authority"),
    "whose intermediate may not sign certificates": one(
      await branch({ extensions: "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature" }),
      "not-an-authority",
    ),
    "with an expired and a renewed intermediate of the same key": one([made, before, intermediate]),
    "with two certificates that have nothing to do with it": one([made, stranger, twin, intermediate]),
    "with one intermediate too many": one([await leafOf(deeper), deeper, below], "not-an-authority", [limited]),
    "for clients only": one(
      [await ofRoot({ extensions: "basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth" })],
      "wrong-usage",
    ),
    "whose root is for other domains": await withRoot(
      { extensions: `${AUTHORITY}\nnameConstraints=critical,permitted;DNS:example.com` },
      "name-not-permitted",
    ),
    "whose root excludes the domain": await withRoot(
      { extensions: `${AUTHORITY}\nnameConstraints=critical,excluded;DNS:test` },
      "name-not-permitted",
    ),
    "with a demand that nobody knows": one(
      [await ofRoot({ extensions: `${SERVER}\n1.2.3.4.5=critical,ASN1:UTF8String:demand` })],
      "unsupported",
    ),
    "signed by a root of the same name and another key": one([await leafOf(twin)], "malformed"),
    "signed with RSASSA-PSS": one(
      [
        await maker.issue({
          ...good,
          issuer: rsaRoot,
          signature: ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"],
        }),
      ],
      undefined,
      [rsaRoot],
    ),
    "with an Ed25519 key": one([await ofRoot({ key: ["-algorithm", "ED25519"] })]),
  };
  return Object.entries(byName).map(([name, rest]) => ({ name, ...rest }));
}

/** What Envbuilder prints behind the URL, with moments left out; nothing where TLS is not at fault. */
function errorOf(text: string): string | undefined {
  const found = /info\/refs\?service=git-upload-pack": ((?:tls|x509|remote error|net\/http|http|EOF).*)/.exec(
    text,
  )?.[1];
  return found && withoutMoments(found);
}

function withoutMoments(text: string): string {
  return text.replaceAll(/current time \S+/g, "current time NOW").trim();
}

function bundle(name: string, ca: readonly Issued[]): string {
  const file = join(folder, name.replaceAll(/\W+/g, "-"), "ca.pem");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ca.map(({ pem }) => pem).join(""));
  return file;
}

test.each(NAMES)("a certificate %s: the same verdict as Envbuilder's, in its words", async (name) => {
  const { host, ca, code } = cases.get(name) ?? fail();
  const { port } = servers.get(name) ?? fail();
  const file = bundle(name, ca);

  const [said, built] = await Promise.all([
    commandLine(["inspect", `${host}:${port}`, "--address", lab.gateway, "--ca", file, "--json"]),
    EnvbuilderContainer.run(`cli-${port}`, {
      env: {
        ENVBUILDER_GIT_URL: `https://${host}:${port}/x.git`,
        ENVBUILDER_EXIT_ON_BUILD_FAILURE: "true",
        ENVBUILDER_INIT_SCRIPT: "true",
        SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
      },
      args: [...lab.containerArgs, "--add-host", `${host}:${lab.gateway}`],
      upload: { "/.envbuilder/certs/ca.pem": file },
    }),
  ]);

  const found: Inspected = JSON.parse(said.stdout || "{}");
  const expected = errorOf(built.text);
  expect(found.error === null ? undefined : withoutMoments(found.error)).toBe(expected);
  expect(found.code ?? undefined).toBe(code);
  expect(said.status).toBe(code === undefined ? 0 : code.startsWith("alert-") ? 3 : 1);
  // Trusted is whom Envbuilder asks for the repository, which is not there.
  expect(built.text.includes("repository not found")).toBe(code === undefined);
});

function fail(): never {
  throw new Error("no such case");
}
