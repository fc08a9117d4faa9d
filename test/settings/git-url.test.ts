import { checkGitUrl } from "../../constructs/settings/git-url";
import { refusal, refusedBy } from "../refusal";

const check = (url: string): string | undefined => checkGitUrl("repository.url", url);

describe("checkGitUrl", () => {
  test.each([
    ["https://git.test/team/app.git", "http"],
    ["http://git.test:8080/app", "http"],
    ["HTTPS://git.test/app", "http"],
    ["https://git.test/@scope/app", "http"],
    ["https://git.test/app#refs/heads/main", "http"],
    ["https://${var.host}/app", "http"],
    ["https://git.test:${var.port}/app#${var.ref}", "http"],
    ["ssh://git@git.test/app.git", "ssh"],
    ["ssh://git.test:2222/app.git", "ssh"],
    ["ssh://git@[fd00::1]:2222/app.git", "ssh"],
    ["ssh://git@${var.host}/app.git", "ssh"],
    ["git@git.test:team/app.git", "ssh"],
    ["git@git.test:~/app.git#refs/tags/v1", "ssh"],
    ["git@git.test:a@b/app.git", "ssh"],
    ["git@${var.host}:app.git", "ssh"],
    ["${var.repository}", undefined],
    ["${var.scheme}://git.test/app.git", undefined],
  ])("knows how %s is reached: %s", (url, transport) => {
    expect(check(url)).toBe(transport);
  });

  test.each([
    "",
    "app.git",
    "git.test/app.git",
    "git.test:app.git",
    "/srv/app.git",
    "file:///srv/app.git",
    "git://git.test/app.git",
    "git+ssh://git@git.test/app.git",
    "ssh://",
    "ssh://git.test",
    "ssh://git@git.test:team/app.git",
    "ssh:///app.git",
    "git@git.test",
    "git@git.test:",
    "git@:app.git",
    "https://",
    "https://git.test:port/app.git",
    "https://git.test /app.git",
    "https://git.test/a\0b",
    "git@git.test:team app.git",
    "git.test/${var.name}",
  ])("fails with repository-url-malformed on %j", (url) => {
    expect(refusedBy(() => check(url))).toBe("repository-url-malformed");
  });

  test("fails with repository-url-malformed, naming prop, value and remedy", () => {
    expect(refusal(() => check("git.test/app"))).toBe(
      'repository.url "git.test/app" must be an https://, http:// or ssh:// URL or git@HOST:PATH, because for anything else Envbuilder needs a git program, which its image lacks; write it as https://git.example.com/team/app.git [repository-url-malformed]',
    );
  });

  test.each([
    "https://bob:hunter2@git.test/app.git",
    "https://hunter2@git.test/app.git",
    "https://bob:hunter2@${var.host}/app.git",
    "https://${var.token}@git.test/app.git",
    "ssh://git:hunter2@git.test/app.git",
    "git:hunter2@git.test:app.git",
    "bob:hunter2@git.test/app.git",
    "${var.scheme}://bob:hunter2@git.test/app.git",
  ])("fails with repository-credentials-in-template, showing none, on %s", (url) => {
    const message = refusal(() => check(url));

    expect(message).toContain("[repository-credentials-in-template]");
    expect(message).not.toMatch(/hunter2|bob|token/);
  });

  test.each(["https://bob:hun/ter2@git.test/app", "file://bob:hunter2@git.test/app", "ssh://git:hun/ter2@git.test/a"])(
    "never shows what stands before an @: %s",
    (url) => {
      expect(refusal(() => check(url))).not.toMatch(/hun|ter2/);
    },
  );

  test.each(["https://git.test/app#main", "git@git.test:app#v1", "https://git.test/app#"])(
    "fails with repository-ref-malformed on the part after # in %s",
    (url) => {
      expect(refusal(() => check(url))).toMatch(/^the part after # of repository\.url ".*" must be a full reference/);
    },
  );
});
