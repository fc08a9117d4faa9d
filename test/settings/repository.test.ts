import { Repository, type RepositoryChoiceProps, type RepositoryOptions } from "../../constructs/settings/repository";
import { refusal, refusedBy, verdict } from "../refusal";

const url = "https://git.test/team/app.git";
const web = { name: "Web", url: "https://git.test/web.git" };
const pay = { name: "Payments", url: "git@git.test:pay.git" };

describe("Repository.at", () => {
  test("is its URL", () => {
    const repository = Repository.at(url);

    expect(repository.url).toBe(url);
    expect(repository.transports).toEqual(["http"]);
    expect(repository.choice).toBeUndefined();
    expect(repository.warnings()).toEqual([]);
  });

  test.each<[RepositoryOptions, string]>([
    [{ branch: "main" }, `${url}#refs/heads/main`],
    [{ ref: "refs/tags/v1" }, `${url}#refs/tags/v1`],
    [{ branch: "${var.branch}" }, `${url}#refs/heads/\${var.branch}`],
  ])("puts %j behind the URL", (options, expected) => {
    expect(Repository.at(url, options).url).toBe(expected);
  });

  test("keeps its own copy of the options", () => {
    const options: { dockerfile: string } = { dockerfile: "Dockerfile" };
    const repository = Repository.at(url, options);

    options.dockerfile = "other";

    expect(repository.options.dockerfile).toBe("Dockerfile");
  });

  test("takes a reference, of which nothing is known", () => {
    expect(Repository.at("${var.repository}").transports).toEqual([undefined]);
  });

  test.each<[string, RepositoryOptions]>([
    [`${url}#refs/heads/a`, { branch: "b" }],
    [`${url}#refs/heads/a`, { ref: "refs/heads/a" }],
    ["https://${var.host}/app#refs/heads/a", { branch: "b" }],
    [url, { branch: "a", ref: "refs/heads/a" }],
  ])("fails with repository-ref-twice on %s with %j", (where, options) => {
    expect(refusedBy(() => Repository.at(where, options))).toBe("repository-ref-twice");
  });

  test("finds no reference in what an expression says", () => {
    expect(Repository.at('${replace(var.url, "#", "")}', { branch: "a" }).url).toMatch(/#refs\/heads\/a$/);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
    "fails with repository-clone-depth on %d",
    (cloneDepth) => {
      expect(refusedBy(() => Repository.at(url, { cloneDepth }))).toBe("repository-clone-depth");
    },
  );

  test("takes one commit", () => {
    expect(Repository.at(url, { cloneDepth: 1 }).options.cloneDepth).toBe(1);
  });

  test.each<RepositoryOptions>([
    { devcontainerDirectory: "images/dev" },
    { devcontainerDirectory: "." },
    { devcontainerFile: "../devcontainer.json" },
    { devcontainerDirectory: "a/b", devcontainerFile: "../../devcontainer.json" },
    { devcontainerDirectory: "${var.folder}", devcontainerFile: "../a.json" },
    { dockerfile: "./docker/../Dockerfile" },
    { dockerfile: "Dockerfile", buildContext: "." },
    { dockerfile: "..Dockerfile" },
  ])("takes paths in the repository: %j", (options) => {
    expect(verdict(() => Repository.at(url, options))).toBeUndefined();
  });

  test.each<[RepositoryOptions, string]>([
    [{ devcontainerDirectory: "" }, 'devcontainerDirectory "" '],
    [{ devcontainerDirectory: "/dev" }, 'devcontainerDirectory "/dev" '],
    [{ devcontainerFile: "../../a.json" }, 'devcontainerFile "../../a.json" '],
    [{ dockerfile: ".." }, 'dockerfile ".." '],
    [{ dockerfile: "a/../../Dockerfile" }, 'dockerfile "a/../../Dockerfile" '],
    [{ dockerfile: "Dockerfile", buildContext: "../" }, 'buildContext "../" '],
  ])("fails with repository-path-outside on %j", (options, named) => {
    const message = refusal(() => Repository.at(url, options));

    expect(message).toContain("[repository-path-outside]");
    expect(message).toContain(`repository.${named}`);
  });

  test("says what a path is relative to", () => {
    expect(refusal(() => Repository.at(url, { devcontainerFile: "/a.json" }))).toBe(
      'repository.devcontainerFile "/a.json" must be a path inside the repository; write it relative to ".devcontainer" [repository-path-outside]',
    );
    expect(refusal(() => Repository.at(url, { dockerfile: "/Dockerfile" }))).toContain(
      "relative to the repository's root ",
    );
  });

  test.each<[RepositoryOptions, string]>([
    [{ dockerfile: "Dockerfile", devcontainerDirectory: "dev" }, "repository.devcontainerDirectory"],
    [{ dockerfile: "Dockerfile", devcontainerFile: "a.json" }, "repository.devcontainerFile"],
  ])("fails with dockerfile-and-devcontainer on %j", (options, named) => {
    const message = refusal(() => Repository.at(url, options));

    expect(message).toContain("[dockerfile-and-devcontainer]");
    expect(message).toContain(`leave it or ${named} out`);
  });

  test("fails with build-context-without-dockerfile", () => {
    expect(refusedBy(() => Repository.at(url, { buildContext: "." }))).toBe("build-context-without-dockerfile");
  });
});

describe("Repository.chosenByUser", () => {
  test("has a choice in place of a URL", () => {
    const repository = Repository.chosenByUser({ options: [web, pay], branch: "main" });

    expect(repository.url).toBeUndefined();
    expect(repository.choice).toEqual({ options: [web, pay], custom: true, default: web.url });
    expect(repository.transports).toEqual(["http", "ssh", undefined]);
  });

  test("without options asks for a URL and has no default", () => {
    expect(Repository.chosenByUser().choice).toEqual({ options: [], custom: true, default: undefined });
  });

  test("knows all transports where nothing else can be typed", () => {
    expect(Repository.chosenByUser({ options: [web, pay], custom: false }).transports).toEqual(["http", "ssh"]);
  });

  test("is fixed once the user's choice has an expression, with all options", () => {
    const chosen = Repository.chosenByUser({ options: [web], custom: false, branch: "main", cloneDepth: 1 }).chosen(
      "${local.repository_url}",
    );

    expect(chosen.url).toBe("${local.repository_url}#refs/heads/main");
    expect(chosen.choice).toBeUndefined();
    expect(chosen.transports).toEqual(["http"]);
    expect(chosen.options.cloneDepth).toBe(1);
  });

  test.each<[string, RepositoryChoiceProps]>([
    ["repository-without-choice", { custom: false }],
    ["repository-option-twice", { options: [web, { name: "Again", url: web.url }] }],
    ["repository-option-twice", { options: [web, { name: "Web", url: pay.url }] }],
    ["repository-default-not-offered", { options: [web], custom: false, default: pay.url }],
    ["repository-url-malformed", { options: [web, { name: "Here", url: "/srv/app" }] }],
    ["repository-url-malformed", { default: "app.git" }],
    ["repository-credentials-in-template", { options: [{ name: "Token", url: "https://t:x@git.test/a" }] }],
    ["repository-ref-malformed", { options: [{ name: "Main", url: `${url}#main` }] }],
    ["repository-ref-twice", { options: [{ name: "A", url: `${url}#refs/heads/a` }], branch: "b" }],
    ["repository-ref-twice", { default: `${url}#refs/heads/a`, ref: "refs/heads/b" }],
    ["repository-clone-depth", { cloneDepth: 0 }],
  ])("fails with %s on %j", (id, props) => {
    expect(refusedBy(() => Repository.chosenByUser(props))).toBe(id);
  });

  test("names the option that is wrong", () => {
    const message = refusal(() => Repository.chosenByUser({ options: [web, { name: "Here", url: "/srv/app" }] }));

    expect(message).toContain('repository.options[1].url "/srv/app" ');
  });

  test("takes a default that is none of the options where another may be typed, or that nobody knows", () => {
    expect(Repository.chosenByUser({ options: [web], default: url }).choice?.default).toBe(url);
    expect(Repository.chosenByUser({ options: [web], custom: false, default: "${var.url}" }).choice?.default).toBe(
      "${var.url}",
    );
  });
});

describe("Repository.warnings", () => {
  test("warn with single-branch-assumes-main where no branch is named", () => {
    expect(Repository.at(url, { singleBranch: true }).warnings()).toMatchObject([{ id: "single-branch-assumes-main" }]);
  });

  test("warn with remote-build-assumes-main where no branch is named", () => {
    expect(Repository.at(url, { buildFromRemote: true }).warnings()).toMatchObject([
      { id: "remote-build-assumes-main" },
    ]);
  });

  test.each<[string, RepositoryOptions]>([
    [url, { buildFromRemote: true, branch: "main" }],
    [`${url}#refs/heads/main`, { buildFromRemote: true }],
    [url, { singleBranch: true, branch: "main" }],
    [url, { singleBranch: true, ref: "refs/tags/v1" }],
    [`${url}#refs/heads/main`, { singleBranch: true }],
    [url, { singleBranch: false }],
  ])("are silent of %s with %j", (where, options) => {
    expect(Repository.at(where, options).warnings()).toEqual([]);
  });
});
