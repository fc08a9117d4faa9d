import { GitHost, gitHostOf, placedToken } from "../../constructs/settings/git-host";

const token = [{ reference: "${var.token}" }];

test.each([
  ["https://github.com/team/app.git", "github"],
  ["https://GITHUB.com:443/team/app.git#refs/heads/main", "github"],
  ["https://gitlab.com/team/app", "gitlab"],
  ["https://bitbucket.org/team/app", "bitbucket"],
  ["https://dev.azure.com/org/project/_git/app", "azure-devops"],
  ["https://org.visualstudio.com/project/_git/app", "azure-devops"],
  ["https://github.com.evil.test/team/app", "other"],
  ["https://notgithub.com/team/app", "other"],
  ["https://git.test/github.com/app", "other"],
  ["git@github.com:team/app.git", "other"],
  ["${var.url}", "other"],
  [undefined, "other"],
])("of %s is %s", (url, host) => {
  expect(gitHostOf([url])).toBe(host);
});

test("is that of all URLs, or any other", () => {
  expect(gitHostOf(["https://github.com/a", "https://github.com/b"])).toBe(GitHost.GITHUB);
  expect(gitHostOf(["https://github.com/a", "https://gitlab.com/b"])).toBe(GitHost.OTHER);
  expect(gitHostOf(["https://github.com/a", undefined])).toBe(GitHost.OTHER);
  expect(gitHostOf([])).toBe(GitHost.OTHER);
});

test.each([
  [GitHost.GITHUB, { user: token }],
  [GitHost.AZURE_DEVOPS, { user: token }],
  [GitHost.GITLAB, { user: ["oauth2"], password: token }],
  [GitHost.BITBUCKET, { user: ["x-token-auth"], password: token }],
  [GitHost.OTHER, { user: ["oauth2"], password: token }],
])("places a token for %s", (host, placed) => {
  expect(placedToken(token, host)).toEqual(placed);
});
