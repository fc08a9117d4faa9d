import { ImageCache, type ImageCacheOptions } from "../../constructs/settings/image-cache";
import { refusal, refusedBy, verdict } from "../refusal";

const REPOSITORY = "registry.example.com/cache";

function ids(options: ImageCacheOptions): string[] {
  return ImageCache.at(REPOSITORY, options)
    .warnings()
    .map(({ id }) => id);
}

describe("ImageCache.at", () => {
  test.each([
    REPOSITORY,
    "registry.example.com:5000/a/b-c/d_e/f__g/h.i",
    "localhost/cache",
    "10.0.0.1:5000/cache",
    "docker.io/team/cache",
    "${var.cache}",
    "${var.host}/cache",
    "registry.example.com:${var.port}/cache",
  ])("takes %s", (repository) => {
    expect(ImageCache.at(repository).repository).toBe(repository);
  });

  test.each([
    ["", "must not be empty"],
    ["https://registry.example.com/cache", "must be free of a scheme"],
    ["docker://${var.host}/cache", "must be free of a scheme"],
    [`${REPOSITORY}@sha256:${"a".repeat(64)}`, "must be free of a digest"],
    ["${var.host}/ca che", "must be free of a digest, credentials and blanks"],
    ["cache", "must begin with the registry's host"],
    ["team/cache", "must begin with the registry's host"],
    ["registry.example.com", "must begin with the registry's host"],
    [`${REPOSITORY}:latest`, "must be free of a tag"],
    ["registry.example.com/Cache", "must have a path of lower-case letters"],
    ["registry.example.com/a//b", "must have a path of lower-case letters"],
    ["registry.example.com/", "must have a path of lower-case letters"],
    ["registry.example.com/a...b", "must have a path of lower-case letters"],
  ])("fails with cache-repository-malformed on %j", (repository, rule) => {
    const message = refusal(() => ImageCache.at(repository));

    expect(message).toContain(`cache.repository `);
    expect(message).toContain(rule);
    expect(message).toMatch(
      /; write host and path alone, such as registry\.example\.com\/envbuilder-cache \[cache-repository-malformed\]$/,
    );
  });

  test("shows no password", () => {
    const message = refusal(() => ImageCache.at("user:hunter2@registry.example.com/cache"));

    expect(message).toContain("cache-repository-malformed");
    expect(message).not.toContain("hunter2");
  });

  test("fails with push-failure-without-push where nothing is pushed", () => {
    expect(refusal(() => ImageCache.at(REPOSITORY, { exitOnPushFailure: true }))).toBe(
      "cache.exitOnPushFailure counts only where images are pushed; set cache.push, or leave it out [push-failure-without-push]",
    );
    expect(verdict(() => ImageCache.at(REPOSITORY, { exitOnPushFailure: true, push: true }))).toBeUndefined();
    expect(verdict(() => ImageCache.at(REPOSITORY, { exitOnPushFailure: false }))).toBeUndefined();
  });

  test("keeps the options as they were given", () => {
    const options = { push: true };
    const cache = ImageCache.at(REPOSITORY, options);
    options.push = false;

    expect(cache.options).toEqual({ push: true });
  });
});

describe("ImageCache.inDirectory", () => {
  test.each(["/cache", "${var.folder}"])("takes %s", (directory) => {
    expect(ImageCache.inDirectory(directory)).toMatchObject({ directory, repository: undefined });
  });

  test.each(["cache", "/cache/", "/a/../b", "/", ""])("fails with cache-directory-malformed on %j", (directory) => {
    expect(refusal(() => ImageCache.inDirectory(directory))).toBe(
      `cache.directory ${JSON.stringify(directory)} must be an absolute, normalized path below / in the container; write it as "/cache" [cache-directory-malformed]`,
    );
  });

  test("knows nothing that only a registry can do", () => {
    const options: ImageCacheOptions = { ttlDays: 2, push: true, probe: true };

    expect(ImageCache.inDirectory("/cache", options).options).toEqual({ ttlDays: 2 });
  });
});

describe("every ImageCache", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("fails with cache-days-malformed on %d", (ttlDays) => {
    expect(refusedBy(() => ImageCache.at(REPOSITORY, { ttlDays }))).toBe("cache-days-malformed");
    expect(refusedBy(() => ImageCache.inDirectory("/cache", { ttlDays }))).toBe("cache-days-malformed");
  });

  test("fails with cache-directory-malformed on a relative folder of base images", () => {
    expect(refusal(() => ImageCache.at(REPOSITORY, { baseImageDirectory: "images" }))).toContain(
      'cache.baseImageDirectory "images" must be',
    );
    expect(refusedBy(() => ImageCache.inDirectory("/cache", { baseImageDirectory: "a" }))).toBe(
      "cache-directory-malformed",
    );
  });
});

describe("ImageCache.checkNotOnLoopback", () => {
  test.each(["localhost:5000/cache", "127.0.0.1:5000/cache"])("fails with cache-on-loopback on %s", (repository) => {
    expect(refusedBy(() => ImageCache.at(repository).checkNotOnLoopback())).toBe("cache-on-loopback");
  });

  test.each([REPOSITORY, "${var.cache}", "registry.localhost.example.com/cache"])("takes %s", (repository) => {
    expect(verdict(() => ImageCache.at(repository).checkNotOnLoopback())).toBeUndefined();
  });

  test("takes a folder", () => {
    expect(verdict(() => ImageCache.inDirectory("/cache").checkNotOnLoopback())).toBeUndefined();
  });
});

describe("ImageCache.warnings", () => {
  test("warn with probe-without-push until the author says what is meant", () => {
    expect(ids({ probe: true })).toEqual(["probe-without-push"]);
    expect(ids({ probe: true, push: false })).toEqual([]);
    expect(ids({ probe: true, push: true })).toEqual([]);
    expect(ids({ push: true })).toEqual([]);
  });
});
