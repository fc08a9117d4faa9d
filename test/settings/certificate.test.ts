import { X509Certificate } from "node:crypto";
import * as fc from "fast-check";
import {
  certificateWarnings,
  commonName,
  nameOf,
  readCertificates,
  toPem,
} from "../../constructs/settings/certificate";
import { Certificate, type CertificateProps, dayFromNow, pem } from "../certificates";
import { refusal, refusedBy, verdict } from "../refusal";

const now = new Date();
const ca = new Certificate();
const other = new Certificate({ commonName: "Other CA", keyType: "rsa" });

const read = (text: string | Buffer): X509Certificate[] => readCertificates("ca pem", Buffer.from(text), now);
const x509 = (props?: CertificateProps): X509Certificate => new X509Certificate(new Certificate(props).pem);
const warned = (props: CertificateProps): string[] => certificateWarnings(x509(props), now).map(({ id }) => id);

describe("readCertificates", () => {
  test("reads several, in their order", () => {
    expect(read(ca.pem + other.pem).map(commonName)).toEqual(["Corporate Root CA", "Other CA"]);
  });

  test.each([
    ["carriage returns", ca.pem.replaceAll("\n", "\r\n")],
    ["indentation", ca.pem.replaceAll(/^/gm, "    ")],
    ["blank lines", ca.pem.replaceAll("\n", "\n\n")],
    ["long lines", ca.pem.replace(/(?<=-\n)[^-]+/, (body) => `${body.replaceAll("\n", "")}\n`)],
    ["no last line break", ca.pem.trimEnd()],
    ["a byte order mark", `\ufeff${ca.pem}`],
    [
      "comments, bag attributes and other blocks around it",
      `# ${"-".repeat(9)}\nsubject=CN = A\n${pem("X509 CRL", ca.der)}${ca.pem}end ü`,
    ],
  ])("reads a certificate with %s", (_, text) => {
    expect(read(text).map(toPem)).toEqual([ca.pem.trimEnd()]);
  });

  test.each([
    ["a key of its own", ca.keyPem],
    ["a key after the certificate", ca.pem + ca.keyPem],
    ["an encrypted key", ca.pem + ca.keyPem.replaceAll("PRIVATE", "ENCRYPTED PRIVATE")],
    ["an old key", ca.keyPem.replaceAll("PRIVATE", "RSA PRIVATE") + ca.pem],
    ["a key without an end", `${ca.pem}-----BEGIN EC PRIVATE KEY-----\nMIGH`],
  ])("fails with ca-private-key, showing nothing of it, on %s", (_, text) => {
    const message = refusal(() => read(text));

    expect(message).toBe(
      "ca pem holds a private key, which would travel with the template; give the certificate alone, and take the key out of the file [ca-private-key]",
    );
  });

  test.each([
    ["nothing", "", "give PEM, which has lines BEGIN CERTIFICATE and END CERTIFICATE"],
    ["a path", "corporate.pem", "give PEM, which has lines BEGIN CERTIFICATE and END CERTIFICATE"],
    ["DER", ca.der, "it looks like DER: convert it with openssl x509 -inform der -in FILE -out FILE.pem"],
    ["UTF-16", Buffer.from(ca.pem, "utf16le"), "it is in UTF-16: save it as ASCII or UTF-8"],
    [
      "PKCS #7",
      pem("PKCS7", ca.der) + pem("PKCS7", ca.der),
      "it holds only PKCS7: export the certificate as X.509 in PEM",
    ],
    [
      "OpenSSL's own",
      pem("TRUSTED CERTIFICATE", ca.der),
      "it holds only TRUSTED CERTIFICATE: export the certificate as X.509 in PEM",
    ],
    [
      "a label of its own, which is content",
      pem("MARKER", ca.der),
      "give PEM, which has lines BEGIN CERTIFICATE and END CERTIFICATE",
    ],
  ])("fails with ca-without-certificate on %s", (_, text, remedy) => {
    expect(refusal(() => read(text))).toBe(`ca pem holds no PEM certificate; ${remedy} [ca-without-certificate]`);
  });

  test.each([
    ["other content", pem("CERTIFICATE", Buffer.from("no certificate"))],
    ["a first half", ca.pem.slice(0, 200)],
    ["a second one without an end", ca.pem + other.pem.slice(0, 200)],
    ["a first one without an end", other.pem.slice(0, 200) + ca.pem],
    ["an empty one", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"],
  ])("fails with ca-certificate-malformed on %s", (_, text) => {
    expect(refusedBy(() => read(text))).toBe("ca-certificate-malformed");
  });

  test("says which certificate does not parse", () => {
    expect(refusal(() => read(ca.pem + pem("CERTIFICATE", Buffer.from("none"))))).toMatch(
      /^ca pem, certificate 2 does not parse \(.+\); export it again /,
    );
  });

  test("fails with ca-expired, naming the certificate and the day", () => {
    const expired = new Certificate({ commonName: "Old CA", beginsInDays: -10, endsInDays: -1 });

    expect(refusal(() => read(ca.pem + expired.pem))).toBe(
      `ca pem holds a certificate that expired on ${dayFromNow(-1)}: "CN=Old CA"; remove it, or give the one that replaced it [ca-expired]`,
    );
  });

  test("takes or refuses any text, and shows nothing of it", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n",
        "-----BEGIN ",
        "PRIVATE KEY-----",
      ),
      fc.constantFrom(ca.pem, ca.keyPem, "MARKER", "\n", "\r", "\0", "${", "-", "0"),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((all) => all.join("")),
        (text) => {
          expect(verdict(() => read(text)) ?? "").not.toContain("MARKER");
        },
      ),
    );
  });
});

describe("certificateWarnings", () => {
  test.each<[string, CertificateProps]>([
    ["an authority", {}],
    ["one for years to come", { endsInDays: 31 }],
    ["a server's with a name", { isAuthority: true, commonName: "proxy.test", hosts: ["proxy.test"] }],
  ])("are silent of %s", (_, props) => {
    expect(warned(props)).toEqual([]);
  });

  test.each([1, 29])("warn with ca-expires-soon %d days before", (endsInDays) => {
    expect(certificateWarnings(x509({ endsInDays }), now)).toEqual([
      {
        id: "ca-expires-soon",
        message: `the certificate "CN=Corporate Root CA" expires on ${dayFromNow(endsInDays)}: from then on no workspace can clone; add its successor to the bundle now`,
      },
    ]);
  });

  test("warn with ca-not-yet-valid", () => {
    expect(warned({ beginsInDays: 2 })).toEqual(["ca-not-yet-valid"]);
  });

  test("warn with ca-is-no-authority of a server's certificate", () => {
    expect(warned({ isAuthority: false, hosts: ["proxy.test"] })).toEqual(["ca-is-no-authority"]);
  });

  test("warn with certificate-without-subject-alt-name of a server's certificate by common name alone", () => {
    expect(warned({ isAuthority: false, commonName: "Proxy" })).toEqual([
      "ca-is-no-authority",
      "certificate-without-subject-alt-name",
    ]);
  });

  test.each(["proxy.test", "*.proxy.test", "10.0.0.1"])(
    "warn with certificate-without-subject-alt-name of an authority that is called %s, as openssl req -x509 makes it for servers",
    (name) => {
      expect(warned({ commonName: name })).toEqual(["certificate-without-subject-alt-name"]);
    },
  );
});

describe("nameOf", () => {
  test("is the subject on one line, quoted", () => {
    expect(nameOf(x509({ commonName: 'Größe "A"\u0007' }))).toMatch(/^"CN=Größe .*A.*"$/);
    expect(nameOf(x509({ commonName: "a\u0085b" }))).not.toMatch(/\p{Cc}/u);
  });
});
