import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KnownHosts } from "../../constructs/settings/known-hosts";
import { refusal, refusedBy } from "../refusal";
import { scratchFolder } from "../scratch";

const LINE = "git.test ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDp0";

test("holds lines, each with its end", () => {
  expect(KnownHosts.fromText(LINE).text).toBe(`${LINE}\n`);
  expect(KnownHosts.fromText(`\r\n# scanned\r\n${LINE}\r\n\r\n`).text).toBe(`# scanned\n${LINE}\n`);
});

test.each([
  LINE,
  `${LINE} root@git`,
  "[git.test]:2222,[10.0.0.1]:2222 ecdsa-sha2-nistp256 AAAAE2VjZHNh",
  "|1|JfKTdBh7rNbXkVAQCRp4OQoPfmI=|USECr3SWf1JUPsms5AqfD5QfxkM= ssh-rsa AAAAB3Nz==",
  "@cert-authority *.test ssh-ed25519 AAAAC3Nz",
  "@revoked git.test sk-ssh-ed25519@openssh.com AAAAGnNr",
  "git.test ssh-ed25519 ${var.key}",
  "${var.known_hosts}",
])("takes %s", (line) => {
  expect(KnownHosts.fromText(line).text).toBe(`${line}\n`);
});

test.each(["", "# nothing\n\n", "git.test", "ssh-ed25519 AAAAC3Nz", "git.test ssh-ed25519 !", "git.test key AAAA"])(
  "fails with known-hosts-malformed on %j",
  (text) => {
    expect(refusedBy(() => KnownHosts.fromText(text))).toBe("known-hosts-malformed");
  },
);

test("fails on a private key without a word of it", () => {
  const message = refusal(() =>
    KnownHosts.fromText("-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END OPENSSH PRIVATE KEY-----"),
  );

  expect(message).toContain("[known-hosts-malformed]");
  expect(message).not.toContain("hunter2");
});

test("reads a file, and names it: known-hosts-unreadable", () => {
  const folder = mkdtempSync(join(scratchFolder(), "known-hosts-"));
  writeFileSync(join(folder, "good"), `${LINE}\n`);
  writeFileSync(join(folder, "bad"), "git.test\n");

  expect(KnownHosts.fromFile(join(folder, "good")).text).toBe(`${LINE}\n`);
  expect(refusal(() => KnownHosts.fromFile(join(folder, "bad")))).toMatch(
    /^the file ".*bad" of knownHosts has the line/,
  );
  expect(refusal(() => KnownHosts.fromFile(join(folder, "none")))).toMatch(/ENOENT.*\[known-hosts-unreadable\]$/);
});
