import { type ContainerSurroundings, planContainer } from "../../constructs/envbuilder/container-plan";
import { ImageCache } from "../../constructs/settings/image-cache";
import { Repository } from "../../constructs/settings/repository";
import { refusal, refusedBy } from "../refusal";

const REPOSITORY = "registry.example.com/cache";

function plan(cache: ImageCache | undefined, around: ContainerSurroundings = {}): ReturnType<typeof planContainer> {
  return planContainer({ repository: Repository.at("https://git.test/app.git"), cache }, around);
}

function env(cache: ImageCache | undefined, around?: ContainerSurroundings): Record<string, unknown> {
  const { ENVBUILDER_GIT_URL: _, ...others } = Object.fromEntries(
    plan(cache, around).env.map(({ name, value }) => [name, value[0]]),
  );
  return others;
}

const ids = (cache: ImageCache, around?: ContainerSurroundings): string[] =>
  plan(cache, around).warnings.map(({ id }) => id);

describe("a cache in a registry", () => {
  test("is a repository and nothing else", () => {
    expect(env(ImageCache.at(REPOSITORY))).toEqual({ ENVBUILDER_CACHE_REPO: REPOSITORY });
    expect(env(ImageCache.at(REPOSITORY, { push: false, exitOnPushFailure: false, probe: false }))).toEqual({
      ENVBUILDER_CACHE_REPO: REPOSITORY,
    });
  });

  test("says each option by its variable", () => {
    const cache = ImageCache.at(REPOSITORY, { push: true, exitOnPushFailure: true, ttlDays: 30, probe: true });

    expect(env(cache)).toEqual({
      ENVBUILDER_CACHE_REPO: REPOSITORY,
      ENVBUILDER_CACHE_TTL_DAYS: "30",
      ENVBUILDER_EXIT_ON_PUSH_FAILURE: "true",
      ENVBUILDER_PUSH_IMAGE: "true",
    });
  });

  test("fails with cache-on-loopback in a container with a network of its own", () => {
    const cache = ImageCache.at("localhost:5000/cache");

    expect(refusedBy(() => plan(cache, { ownNetwork: true }))).toBe("cache-on-loopback");
    expect(env(cache)).toEqual({ ENVBUILDER_CACHE_REPO: "localhost:5000/cache" });
  });
});

describe("a cache in a folder", () => {
  const cache = ImageCache.inDirectory("/cache/layers", { ttlDays: 2 });

  test("is a folder on a mount", () => {
    const mounts = [{ path: "/cache", readOnly: false }];

    expect(env(cache, { mounts })).toEqual({
      ENVBUILDER_CACHE_TTL_DAYS: "2",
      ENVBUILDER_LAYER_CACHE_DIR: "/cache/layers",
    });
    expect(ids(cache, { mounts })).toEqual([]);
  });

  test("warns with cache-directory-not-kept on none", () => {
    expect(ids(cache, { mounts: [{ path: "/cache2", readOnly: false }] })).toEqual(["cache-directory-not-kept"]);
  });

  test.each([
    ["a mount", "${var.folder}", cache],
    ["the folder", "/data", ImageCache.inDirectory("${var.folder}")],
  ])("is silent where only Terraform knows the place of %s", (_, path, one) => {
    expect(ids(one, { mounts: [{ path, readOnly: false }] })).toEqual([]);
  });

  test("fails with cache-directory-read-only on a mount that cannot be written", () => {
    const inner = { path: "/cache/layers", readOnly: false };
    const outer = { path: "/cache", readOnly: true };

    expect(refusal(() => plan(cache, { mounts: [outer] }))).toBe(
      'cache.directory "/cache/layers" lies in the read-only mount "/cache", where no layer can be kept; mount it writable [cache-directory-read-only]',
    );
    expect(ids(cache, { mounts: [outer, inner] })).toEqual([]);
  });
});

describe("a folder of base images", () => {
  const cache = ImageCache.at(REPOSITORY, { baseImageDirectory: "/base/images" });
  const ignored = (around: ContainerSurroundings): unknown => env(cache, around)["ENVBUILDER_IGNORE_PATHS"];

  test.each<[string, ContainerSurroundings, string]>([
    ["its read-only mount", { mounts: [{ path: "/base", readOnly: true }] }, "/base"],
    ["it, where the mount is writable", { mounts: [{ path: "/base", readOnly: false }] }, "/base/images"],
    ["its mount, with a privilege, too", { mounts: [{ path: "/base", readOnly: true }], sysAdmin: true }, "/base"],
    ["it, where the mount is unknown", { mounts: [{ path: "${var.base}", readOnly: false }] }, "/base/images"],
  ])("makes Envbuilder leave alone %s", (_, around, path) => {
    expect(ignored(around)).toBe(`/var/run,/product_uuid,/product_name,${path}`);
    expect(env(cache, around)).toMatchObject({ ENVBUILDER_BASE_IMAGE_CACHE_DIR: "/base/images" });
  });

  test("fails with base-image-directory-not-mounted", () => {
    expect(refusal(() => plan(cache))).toBe(
      'cache.baseImageDirectory "/base/images" must lie in one of the mounts, because nothing else puts images there; mount it [base-image-directory-not-mounted]',
    );
  });
});

test("skipRebuild is an option of its own", () => {
  expect(env(undefined, { skipRebuild: true })).toEqual({ ENVBUILDER_SKIP_REBUILD: "true" });
  expect(env(undefined, { skipRebuild: false })).toEqual({});
});

test("buildFromRemote is an option of the repository", () => {
  const repository = Repository.at("https://git.test/app.git", { branch: "main", buildFromRemote: true });

  expect(planContainer({ repository }, {}).env.map(({ name }) => name)).toEqual([
    "ENVBUILDER_GIT_URL",
    "ENVBUILDER_REMOTE_REPO_BUILD_MODE",
  ]);
});
