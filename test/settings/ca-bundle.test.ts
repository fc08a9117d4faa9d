import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { publicRoots } from "../../constructs/settings/public-roots";
import { Certificate } from "../certificates";
import { refusal, refusedBy } from "../refusal";

const ca = new Certificate();
const other = new Certificate({ commonName: "Größe & Söhne: Zertifizierungsstelle für Netzwerkdienste" });
const server = new Certificate({ commonName: "proxy.test", isAuthority: false });
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ca-bundle-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, content);
  return place;
}

function names(bundle: CaBundle): string[] {
  return bundle.source.kind === "carried" ? bundle.source.certificates.map(({ name }) => name) : [];
}

describe("CaBundle.fromPem", () => {
  test("carries each certificate under a name, with a title, in a file for all", () => {
    const bundle = CaBundle.fromPem(ca.pem);

    expect(bundle.source).toEqual({
      kind: "carried",
      certificates: [{ name: "01-corporate-root-ca", title: '"CN=Corporate Root CA"', pem: ca.pem }],
    });
    expect(bundle.delivery).toBe(CaDelivery.FILE);
    expect(bundle.warnings).toEqual([]);
  });

  test("names certificates by what file names can hold", () => {
    const nameless = new Certificate({ commonName: "証明書" });

    expect(names(CaBundle.fromPem(ca.pem + other.pem + nameless.pem))).toEqual([
      "01-corporate-root-ca",
      "02-gr-e-s-hne-zertifizierungsstelle-f-r-net",
      "03-ca",
    ]);
  });

  test("drops a certificate that is there twice", () => {
    expect(names(CaBundle.fromPem(ca.pem + server.pem + ca.pem.replaceAll("\n", "\r\n")))).toEqual([
      "01-corporate-root-ca",
      "02-proxy-test",
    ]);
  });

  test("has the public authorities beside them unless they are left out: lone-ca-hides-public-roots", () => {
    expect(CaBundle.fromPem(ca.pem).publicRoots).toBe(publicRoots());
    expect(CaBundle.fromPem(ca.pem, { publicRoots: false }).publicRoots).toBeUndefined();
  });

  test("is delivered as the author says", () => {
    expect(CaBundle.fromPem(ca.pem, { delivery: CaDelivery.GIT_ONLY }).delivery).toBe(CaDelivery.GIT_ONLY);
  });

  test("warns of what is probably not meant, once for each certificate", () => {
    const { warnings } = CaBundle.fromPem(server.pem + server.pem);

    expect(warnings.map(({ id }) => id)).toEqual(["ca-is-no-authority", "certificate-without-subject-alt-name"]);
  });

  test("fails with ca-without-certificate on a reference, naming what takes one", () => {
    expect(refusal(() => CaBundle.fromPem("${var.ca}"))).toBe(
      "ca pem is a reference, which cannot be checked as a PEM text; give it to CaBundle.fromVariable [ca-without-certificate]",
    );
  });
});

describe("CaBundle.fromFile", () => {
  test("reads a file", () => {
    expect(names(CaBundle.fromFile(file("one.pem", ca.pem)))).toEqual(["01-corporate-root-ca"]);
  });

  test("names the file in what it refuses, and none of its content", () => {
    const place = file("key.pem", ca.pem + ca.keyPem);

    expect(refusal(() => CaBundle.fromFile(place))).toMatch(
      /^ca file ".*key\.pem" holds a private key, .* \[ca-private-key\]$/,
    );
  });

  test("fails with ca-file-unreadable on a file that is not there", () => {
    expect(refusal(() => CaBundle.fromFile("no/such.pem"))).toBe(
      'ca file "no/such.pem" cannot be read (ENOENT); give a path relative to the working directory or an absolute one [ca-file-unreadable]',
    );
  });

  test("fails with ca-file-unreadable on a directory, naming what takes one", () => {
    expect(refusal(() => CaBundle.fromFile(folder))).toContain("(EISDIR); use CaBundle.fromDirectory");
  });

  test.each(["", "a\0b"])("fails with ca-file-unreadable on %j", (name) => {
    expect(refusedBy(() => CaBundle.fromFile(name))).toBe("ca-file-unreadable");
  });
});

describe("CaBundle.fromFiles", () => {
  test("joins files in the order given, without doubles", () => {
    const files = [file("b.pem", server.pem), file("a.pem", ca.pem + server.pem)];

    expect(names(CaBundle.fromFiles(files))).toEqual(["01-proxy-test", "02-corporate-root-ca"]);
  });

  test("fails with ca-without-certificate where one of them holds none", () => {
    expect(refusal(() => CaBundle.fromFiles([file("good.pem", ca.pem), file("empty.pem", "")]))).toContain("empty.pem");
  });

  test("fails with ca-without-certificate without a file", () => {
    expect(refusedBy(() => CaBundle.fromFiles([]))).toBe("ca-without-certificate");
  });
});

describe("CaBundle.fromDirectory", () => {
  test("reads the certificates by name and leaves other files alone", () => {
    file("certs/20.CRT", ca.pem);
    file("certs/10.pem", server.pem);
    file("certs/key.key", ca.keyPem);
    file("certs/sub/other.pem", other.pem);

    expect(names(CaBundle.fromDirectory(path.join(folder, "certs")))).toEqual([
      "01-proxy-test",
      "02-corporate-root-ca",
    ]);
  });

  test("fails with ca-without-certificate on a directory without any", () => {
    file("none/readme.txt", "");

    expect(refusal(() => CaBundle.fromDirectory(path.join(folder, "none")))).toMatch(
      /^ca directory ".*none" holds no \.pem, \.crt or \.cer file; .* \[ca-without-certificate\]$/,
    );
  });

  test("fails with ca-file-unreadable on a file, naming what takes one", () => {
    expect(refusal(() => CaBundle.fromDirectory(file("single.pem", ca.pem)))).toContain(
      " is a file; use CaBundle.fromFile ",
    );
  });

  test("fails with ca-file-unreadable on a directory that is not there", () => {
    expect(refusal(() => CaBundle.fromDirectory("no/such"))).toContain(
      'ca directory "no/such" cannot be read (ENOENT); ',
    );
  });
});

describe("CaBundle.fromVariable", () => {
  test("is the reference", () => {
    const bundle = CaBundle.fromVariable({ stringValue: "${var.ca}" });

    expect(bundle.source).toEqual({ kind: "reference", reference: "${var.ca}" });
    expect(bundle.publicRoots).toBe(publicRoots());
  });
});

describe("CaBundle.fromHostFile and fromHostDirectory", () => {
  test("are places on the Docker host", () => {
    expect(CaBundle.fromHostFile("/etc/corp/ca.pem").source).toEqual({ kind: "host-file", path: "/etc/corp/ca.pem" });
    expect(CaBundle.fromHostDirectory("${var.certs}").source).toEqual({ kind: "host-directory", path: "${var.certs}" });
  });

  test.each(["", "/", "certs", "./certs", "/certs/", "/a/../certs"])(
    "fail with host-path-not-absolute on %j",
    (place) => {
      expect(refusedBy(() => CaBundle.fromHostFile(place))).toBe("host-path-not-absolute");
      expect(refusedBy(() => CaBundle.fromHostDirectory(place))).toBe("host-path-not-absolute");
    },
  );
});

describe("CaBundle.pemCondition", () => {
  test("wants certificates without a key, or nothing", () => {
    expect(CaBundle.pemCondition("ca")).toBe(
      '${var.ca == "" || (can(regex("-----BEGIN CERTIFICATE-----", var.ca)) && !can(regex("PRIVATE KEY-----", var.ca)))}',
    );
  });
});

describe.each([
  ["ConfigMap", "config-map"],
  ["Secret", "secret"],
] as const)("CaBundle.from%s", (object, kind) => {
  const from = (...args: Parameters<typeof CaBundle.fromSecret>): CaBundle => CaBundle[`from${object}`](...args);

  test("says where in the cluster the certificates are", () => {
    expect(from("corporate-ca").source).toEqual({ kind, name: "corporate-ca", key: "ca.crt" });
    expect(from("${var.name}", "bundle.pem").source).toEqual({ kind, name: "${var.name}", key: "bundle.pem" });
    expect(from("corporate-ca", "ca.crt", { publicRoots: false }).publicRoots).toBeUndefined();
  });

  test("fails on what is no name or no key there", () => {
    expect(refusal(() => from("Corporate"))).toContain(`ca ${object} "Corporate" must be`);
    expect(refusal(() => from("corporate", "a/b"))).toContain(`ca ${object} "corporate" key "a/b" must be`);
  });
});
