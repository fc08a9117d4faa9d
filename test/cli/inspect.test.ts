import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

import { ExitCode } from "../../cli/exit-code";
import { ParsedCertificate } from "../../cli/x509/parsed-certificate";
import { Trust } from "../../cli/x509/trust";
import { Certificate } from "../certificates";
import { scratchFolder } from "../scratch";
import { unknownNames } from "./names";
import { tlsServer, tunnelTo } from "./servers";
import { cli } from "./terminal";

const root = new Certificate({ commonName: "Example Root" });
const proxyRoot = new Certificate({ commonName: "Example TLS Inspection" });
const own = new Certificate({ commonName: "git.test", hosts: ["git.test"], isAuthority: false, issuer: root });
const seen = new Certificate({ commonName: "git.test", hosts: ["git.test"], isAuthority: false, issuer: proxyRoot });

function pemFile(name: string, ...certificates: Certificate[]): string {
  const file = join(scratchFolder(), name);
  writeFileSync(file, certificates.map(({ pem }) => pem).join(""));
  return file;
}

/** What is looked at of the JSON. */
interface Inspected {
  readonly trusted: boolean;
  readonly intercepted: boolean | null;
  readonly code: string | null;
  readonly direct: { readonly code: string | null };
  readonly proxied: { readonly signer: object } | null;
  readonly template: readonly string[];
}

/** Of a server that answers directly by `server`, and through the proxy by `behind`. */
async function inspected(
  server: readonly Certificate[],
  behind: readonly Certificate[],
  ...args: string[]
): Promise<{ status: ExitCode; json: Inspected }> {
  const port = await tlsServer(server);
  const proxy = await tunnelTo(await tlsServer(behind));
  const { status, out } = await cli([
    "inspect",
    `git.test:${port}`,
    "--address",
    "127.0.0.1",
    "--proxy",
    `http://127.0.0.1:${proxy}`,
    "--json",
    ...args,
  ]);
  return { status, json: JSON.parse(out) };
}

describe("inspect", () => {
  test("says that a server's certificate is trusted when its root is given", async () => {
    const port = await tlsServer([own]);
    const file = pemFile("root.pem", root);

    const { status, out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1", "--ca", file]);

    expect(status).toBe(ExitCode.GOOD);
    expect(out).toContain("names      DNS:git.test");
    expect(out).toContain("└─ CN=Example Root (not sent)");
    expect(out).toContain("signed by    CN=Example Root, given by --ca");
    expect(out).toContain("Envbuilder   trusts it");
    expect(out).toContain(`ca: CaBundle.fromFile(${JSON.stringify(file)}),`);
  });

  test("prints the error of Envbuilder, and what to do, when it is not", async () => {
    const port = await tlsServer([own]);

    const { status, out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

    expect(status).toBe(ExitCode.BAD);
    expect(out).toContain("fails: tls: failed to verify certificate: x509: certificate signed by unknown authority");
    expect(out).toContain('"CN=Example Root" signed it, which is neither sent nor trusted.');
  });

  test("shows the fingerprint of a root that is sent, to be compared", async () => {
    const port = await tlsServer([own, root]);

    const { out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

    expect(out).toMatch(/compare its SHA-256 fingerprint with (?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
  });

  test("tells that a proxy intercepts", async () => {
    const { status, json } = await inspected([own], [seen], "--ca", pemFile("proxy.pem", proxyRoot));

    expect(status).toBe(ExitCode.GOOD);
    expect(json.intercepted).toBe(true);
    expect(json.proxied?.signer).toEqual({ subject: "CN=Example TLS Inspection", known: "given", sent: false });
    expect(json.template[0]).toMatch(/^proxy: Proxy\.containerWide\(\{ url: "http:\/\/127\.0\.0\.1:\d+" \}\),$/);
    expect(json.template[1]).toContain("// the proxy's authority");
  });

  test("tells that a proxy does not intercept", async () => {
    const { json } = await inspected([own], [own], "--ca", pemFile("root-2.pem", root));

    expect(json.intercepted).toBe(false);
    expect(json.trusted).toBe(true);
  });

  test("judges by the way through the proxy, which Envbuilder takes", async () => {
    const { status, json } = await inspected([own], [seen], "--ca", pemFile("root-3.pem", root));

    expect(status).toBe(ExitCode.BAD);
    expect(json.code).toBe("unknown-authority");
    expect(json.direct.code).toBeNull();
  });

  test("takes the proxy of the environment, unless no_proxy names the server", async () => {
    const port = await tlsServer([own]);
    const proxy = await tunnelTo(await tlsServer([seen]));
    const args = ["inspect", `git.test:${port}`, "--address", "127.0.0.1", "--json"];
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${proxy}` };

    const through = await cli(args, environment);
    const directly = await cli(args, { ...environment, no_proxy: ".other.test, git.test" });

    expect(JSON.parse(through.out).proxied).not.toBeNull();
    expect(JSON.parse(directly.out).proxied).toBeNull();
  });

  test("takes user and password of the proxy from the environment, and shows neither", async () => {
    const port = await tlsServer([own]);
    const asked: string[] = [];
    const proxy = await tunnelTo(await tlsServer([seen]), (head) => {
      asked.push(/^proxy-authorization: (.*)$/im.exec(head)?.[1]?.trim() ?? "none");
      return undefined;
    });
    const args = ["inspect", `git.test:${port}`, "--address", "127.0.0.1", "--proxy", `http://127.0.0.1:${proxy}`];

    const { out } = await cli(args, { https_proxy: `http://user:p%40ss@127.0.0.1:${proxy}` });

    expect(new Set(asked)).toEqual(new Set([`Basic ${Buffer.from("user:p@ss").toString("base64")}`]));
    expect(out).toContain('credentials: { user: "user", password: Secret.fromVariable(proxyPassword) }');
    expect(out).not.toMatch(/p@ss|p%40ss/);
  });

  test("names the openssl line that makes a right certificate where the subjectAltName is missing", async () => {
    const server = new Certificate({ commonName: "git.test", isAuthority: false });
    const port = await tlsServer([server]);

    const { out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

    expect(out).toContain("x509: certificate relies on legacy Common Name field, use SANs instead");
    expect(out).toContain(
      'openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -days 365 -subj "/CN=git.test" -addext "subjectAltName = DNS:git.test" -out server.pem',
    );
  });

  test.each([
    [100, /valid {6}\S+ to \S+\n/],
    [5, /valid {6}\S+ to \S+, 4 more days\n/],
    [-2, /valid {6}\S+ to \S+, which is over\n/],
  ])("tells of a certificate that ends in %d days", async (endsInDays, wanted) => {
    const server = new Certificate({ commonName: "git.test", hosts: ["git.test"], beginsInDays: -9, endsInDays });
    const port = await tlsServer([server]);

    const { out } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

    expect(out).toMatch(wanted);
  });

  test("recognizes the public authorities", () => {
    const trust = new Trust([], true);

    const vouchers = rootCertificates.map((pem) => trust.voucherOf(new ParsedCertificate(new X509Certificate(pem))));

    expect(new Set(vouchers)).toEqual(new Set(["public"]));
  });

  test.each(["http", "https"])("says what to do about the unknown name of an %s:// proxy", async (scheme) => {
    unknownNames();

    const args = ["inspect", "nobody.invalid", "--proxy", `${scheme}://proxy.invalid:3128`];
    const { status, out } = await cli(args);
    const { remedy, error } = JSON.parse((await cli([...args, "--json"])).out);

    expect(status).toBe(ExitCode.NO_ANSWER);
    expect(out).toContain("the name nobody.invalid is not known here. Behind a proxy this is usual");
    expect(error).toBe("proxyconnect tcp: dial tcp: lookup proxy.invalid: no such host");
    expect(remedy).toEqual([
      "The proxy cannot be reached: its name proxy.invalid is not known here; check the spelling, or the DNS of this network.",
    ]);
  });

  test("takes an https:// URL for its host and port", async () => {
    const port = await tlsServer([own]);

    const { out } = await cli(["inspect", `https://git.test:${port}/team/app.git`, "--address", "127.0.0.1", "--json"]);

    expect(JSON.parse(out)).toMatchObject({ host: "git.test", port, code: "unknown-authority" });
  });

  test("shows progress while it connects, and takes it away", async () => {
    const port = await tlsServer([own]);

    const { progress } = await cli(["inspect", `git.test:${port}`, "--address", "127.0.0.1"]);

    expect(progress).toEqual([`connecting to git.test:${port}`, ""]);
  });
});

describe("inspect fails", () => {
  test.each([
    ["a server that is none", ["inspect", "git test"], "is no server"],
    ["a port that is none", ["inspect", "git.test:99999"], "is no server"],
    ["a URL of SSH", ["inspect", "ssh://git:secret@git.test/app"], '"ssh://…@git.test/app" is a URL of ssh'],
    ["a URL without TLS", ["inspect", "http://git.test"], "give an https:// URL, HOST or HOST:PORT"],
    ["a URL that is none", ["inspect", "https://git:secret@git test"], '"https://…@git test" is no server'],
    [
      "a proxy of another scheme",
      ["inspect", "git.test", "--proxy", "socks5://proxy.test:1080"],
      "has the scheme socks5",
    ],
    [
      "credentials in an argument",
      ["inspect", "git.test", "--proxy", "http://user:secret@proxy.test"],
      "list of processes",
    ],
    [
      "credentials in a URL that is none",
      ["inspect", "git.test", "--proxy", "http://user:secret@proxy.test:port"],
      "list of processes",
    ],
    ["a missing file", ["inspect", "git.test", "--ca", "/nowhere.pem"], "cannot be read (ENOENT)"],
    ["nobody to be trusted", ["inspect", "git.test", "--no-public-roots"], "give --ca, too"],
    ["an address that is none", ["inspect", "git.test", "--address", "example.com"], "is no IP address"],
    ["a time that is none", ["inspect", "git.test", "--timeout", "soon"], "number of seconds"],
    ["an unknown option", ["inspect", "git.test", "--prxy", "x"], "unknown option"],
  ])("at %s, with what to write instead", async (_, args, message) => {
    const { status, err, out } = await cli(args);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toContain(message);
    expect(err).not.toContain("secret@");
    expect(out).toBe("");
  });

  test("at a private key, by the id of the check", async () => {
    const file = join(scratchFolder(), "key.pem");
    writeFileSync(file, root.keyPem);

    const { status, err } = await cli(["inspect", "git.test", "--ca", file]);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toContain("[ca-private-key]");
  });
});
