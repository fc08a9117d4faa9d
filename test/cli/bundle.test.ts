import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

import { ExitCode } from "../../cli/exit-code";
import { Certificate } from "../certificates";
import { scratchFolder } from "../scratch";
import { unknownNames } from "./names";
import { tlsServer, tunnelTo } from "./servers";
import { cli } from "./terminal";

const root = new Certificate({ commonName: "Example Root" });
const intermediate = new Certificate({ commonName: "Example Issuing CA", issuer: root });
const expired = new Certificate({ commonName: "Old Root", beginsInDays: -20, endsInDays: -10 });
const soon = new Certificate({ commonName: "Ending Root", endsInDays: 5 });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(scratchFolder(), "bundle-"));
});

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The fingerprints of a bundle, in its order. */
function fingerprints(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).fingerprint256);
}

function fingerprint({ pem }: Certificate): string {
  return new X509Certificate(pem).fingerprint256;
}

interface Json {
  readonly file: string | null;
  readonly certificates: number;
  readonly entries: readonly {
    readonly fate: string;
    readonly refusal: string | null;
    readonly warnings: readonly string[];
  }[];
}

async function json(...args: string[]): Promise<Json> {
  const { out, err } = await cli(["bundle", ...args, "--json"]);
  if (out === "") throw new Error(err);
  return JSON.parse(out);
}

describe("bundle", () => {
  test("writes the private certificates before the public authorities, each once", async () => {
    const out = join(folder, "out.pem");
    const given = file("given.pem", `# one\r\n${root.pem}\n${intermediate.pem}${root.pem}${rootCertificates[0]}\n`);

    const { status, out: text } = await cli(["bundle", given, "--out", out]);

    const wanted = [root, intermediate]
      .map(fingerprint)
      .concat(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));
    expect(status).toBe(ExitCode.GOOD);
    expect(fingerprints(readFileSync(out, "utf8"))).toEqual(wanted);
    expect(text).toContain(`added         "CN=Example Root" from ${JSON.stringify(given)}, number 1, until `);
    expect(text).toContain(`SHA-256 ${fingerprint(root)}`);
    expect(text).toContain("given twice ");
    expect(text).toContain("public anyway ");
    expect(text).toContain(
      `${out}: ${wanted.length} certificates, ${rootCertificates.length} of them public authorities`,
    );
  });

  test("prints the bundle alone on the standard output", async () => {
    const { out, err } = await cli(["bundle", file("root.pem", root.pem), "--no-public-roots"]);

    expect(fingerprints(out)).toEqual([fingerprint(root)]);
    expect(out.startsWith('# "CN=Example Root"\n-----BEGIN')).toBe(true);
    expect(err).toContain("added ");
  });

  test("takes a certificate in DER", async () => {
    const { out } = await cli(["bundle", file("root.cer", root.der), "--no-public-roots"]);

    expect(fingerprints(out)).toEqual([fingerprint(root)]);
  });

  test("says of each that is refused why, keeps the others, and ends with their status", async () => {
    const given = file(
      "given.pem",
      `${root.pem}${expired.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
    );
    const key = file("key.pem", `${intermediate.pem}${root.keyPem}`);
    const none = file("none.pem", "nothing\n");
    const garbage = file("garbage.cer", Buffer.from([0x30, 0x80, 1]));
    const out = join(folder, "out.pem");

    const { status } = await cli(["bundle", given, key, none, garbage, "--out", out]);
    const { entries } = await json(given, key, none, garbage);

    expect(status).toBe(ExitCode.BAD);
    expect(entries.map(({ fate }) => fate)).toEqual(["added", "refused", "refused", "refused", "refused", "refused"]);
    const refusals = entries.map(({ refusal }) => refusal ?? "");
    expect(refusals[1]).toMatch(/number 2 holds a certificate that expired on .* \[ca-expired\]$/);
    expect(refusals[2]).toMatch(/number 3, certificate 1 does not parse .* \[ca-certificate-malformed\]$/);
    expect(refusals[3]).toMatch(/holds a private key.* \[ca-private-key\]$/);
    expect(refusals[4]).toMatch(/holds no PEM certificate.* \[ca-without-certificate\]$/);
    expect(refusals[5]).toContain("neither PEM nor a certificate in DER");
    expect(fingerprints(readFileSync(out, "utf8"))[0]).toBe(fingerprint(root));
  });

  test("writes nothing where nothing is left", async () => {
    const out = join(folder, "out.pem");

    const { status } = await cli(["bundle", file("old.pem", expired.pem), "--out", out]);

    expect(status).toBe(ExitCode.BAD);
    expect(existsSync(out)).toBe(false);
  });

  test("warns as CaBundle does, and of an intermediate authority without its root", async () => {
    const { entries } = await json(file("soon.pem", soon.pem), file("intermediate.pem", intermediate.pem));
    const both = await json(file("both.pem", `${intermediate.pem}${root.pem}`));

    expect(entries[0]?.warnings).toEqual([expect.stringContaining("[ca-expires-soon]")]);
    expect(entries[1]?.warnings).toEqual([expect.stringContaining("the root that signed it is missing")]);
    expect(both.entries.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test.each([
    ["nothing", [], "there is nothing to put together"],
    ["a proxy without a host", ["--from-proxy", "http://proxy.test"], "--from-proxy and --host belong together"],
    ["a fingerprint without a proxy", ["x.pem", "--fingerprint", "AA"], "--fingerprint belongs to --from-proxy"],
    [
      "a fingerprint that is none",
      ["--from-proxy", "http://p.test", "--host", "h", "--fingerprint", "AA"],
      "64 hexadecimal digits",
    ],
    ["credentials in an argument", ["--from-proxy", "http://u:p@p.test", "--host", "h"], "list of processes"],
    ["a missing file", ["/nowhere.pem"], "cannot be read (ENOENT)"],
  ])("fails at %s", async (_, args, message) => {
    const { status, err } = await cli(["bundle", ...args]);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toContain(message);
  });

  test("fails at a file that it would replace, and at one that it cannot write", async () => {
    const given = file("root.pem", root.pem);

    const results = [
      await cli(["bundle", given, "--out", given]),
      await cli(["bundle", given, "--out", join(folder, "a/b")]),
    ];

    expect(results.map(({ status }) => status)).toEqual([ExitCode.USAGE, ExitCode.USAGE]);
    expect(results[0]?.err).toContain("would replace a file that is read");
    expect(results[1]?.err).toContain("cannot be written (ENOENT)");
    expect(readFileSync(given, "utf8")).toBe(root.pem);
  });
});

function leaf(issuer: Certificate): Certificate {
  return new Certificate({ commonName: "git.test", hosts: ["git.test"], isAuthority: false, issuer });
}

async function asked(chain: readonly Certificate[], ...args: string[]): Promise<Json> {
  const proxy = await tunnelTo(await tlsServer(chain));
  return await json("--from-proxy", `http://127.0.0.1:${proxy}`, "--host", "git.test", "--no-public-roots", ...args);
}

describe("bundle --from-proxy", () => {
  test("shows the authority with its fingerprint, and takes it only when that is given", async () => {
    const chain = [leaf(root), root];

    const untold = await asked(chain);
    const told = await asked(chain, "--fingerprint", fingerprint(root).replaceAll(":", "").toLowerCase());
    const other = await asked(chain, "--fingerprint", fingerprint(intermediate));

    expect(untold.entries[0]?.fate).toBe("refused");
    expect(untold.entries[0]?.refusal).toContain(`"CN=Example Root" with the SHA-256 fingerprint ${fingerprint(root)}`);
    expect(told).toMatchObject({ certificates: 1, entries: [{ fate: "added" }] });
    expect(other.entries[0]).toMatchObject({
      fate: "refused",
      refusal: expect.stringContaining(`which is not --fingerprint ${fingerprint(intermediate)}`),
    });
  });

  test("says that a proxy does not send it", async () => {
    const { entries } = await asked([leaf(root)]);

    expect(entries[0]?.refusal).toContain('the proxy does not send the certificate of "CN=Example Root"');
  });

  test("says why a proxy shows nothing, which is no answer", async () => {
    const args = ["--from-proxy", "http://127.0.0.1:1", "--host", "git.test"];
    const out = join(folder, "ca.pem");

    const { entries } = await json(...args);
    const alone = await cli(["bundle", ...args, "--out", out]);
    const made = existsSync(out);
    const beside = await cli(["bundle", ...args, file("root.pem", root.pem), "--out", out]);
    const refused = await cli(["bundle", ...args, file("old.pem", expired.pem)]);

    expect(entries[0]?.fate).toBe("unanswered");
    expect(entries[0]?.refusal).toContain("proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused");
    expect([alone, beside, refused].map(({ status }) => status)).toEqual([
      ExitCode.NO_ANSWER,
      ExitCode.NO_ANSWER,
      ExitCode.BAD,
    ]);
    expect(alone.out).toMatch(/^no answer {5}the proxy shows no certificate: /);
    expect(made).toBe(false);
    expect(fingerprints(readFileSync(out, "utf8"))[0]).toBe(fingerprint(root));
  });

  test("has the name of a proxy that is not known checked", async () => {
    unknownNames();

    const { entries } = await json("--from-proxy", "http://proxy.invalid:3128", "--host", "git.test");

    expect(entries[0]?.refusal).toMatch(
      /; The proxy cannot be reached: its name proxy\.invalid is not known here; check the spelling, or the DNS of this network\.$/,
    );
  });
});
