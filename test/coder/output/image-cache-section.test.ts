import { imageCacheSection } from "../../../constructs/coder/output/image-cache-section";
import { ImageCache, type ImageCacheOptions } from "../../../constructs/settings/image-cache";
import { RegistryAuth } from "../../../constructs/settings/registry-auth";
import { Secret } from "../../../constructs/settings/secret";

const REPOSITORY = "registry.example.com/cache";
const at = (options: ImageCacheOptions, repository = REPOSITORY): string =>
  imageCacheSection(ImageCache.at(repository, options), "The node").body;

test("says where layers are kept and for how long", () => {
  expect(at({})).toBe(
    "Envbuilder keeps the layers that it builds in `registry.example.com/cache`. Layers are used for 7 days.",
  );
  expect(at({ ttlDays: 30 }, "${var.cache}")).toBe(
    "Envbuilder keeps the layers that it builds in *(a reference)*. Layers are used for 30 days.",
  );
  expect(imageCacheSection(ImageCache.inDirectory("/cache"), "The node").body).toBe(
    "Envbuilder keeps the layers that it builds in `/cache` of the container. Each start builds, from them. Layers are used for 7 days.",
  );
});

test("says what becomes of an image that cannot be pushed", () => {
  expect(at({ push: true })).toContain("and the finished image, in `registry.example.com/cache`.");
  expect(at({ push: true })).toContain("`Failed to push image!`, the workspace starts nevertheless");
  expect(at({ push: true, exitOnPushFailure: true })).toContain("the workspace ends, with `do push`");
});

test("says what a probe takes of the provisioner and of what pulls the image, and what is never found", () => {
  const body = at({ push: true, probe: true });

  for (const needed of [
    "`https_proxy`",
    "`SSL_CERT_FILE`",
    "`DOCKER_CONFIG`",
    "umask is 022",
    "`Cached image not found.`",
  ]) {
    expect(body).toContain(needed);
  }
  expect(body).toContain("The node pulls what is found: it has to reach `registry.example.com/cache`, too");
  expect(body).toContain("dev containers with features");
});

test.each([
  [
    "the template's, but for Envbuilder's image",
    RegistryAuth.fromConfig(Secret.fromVariable({ sensitive: true, stringValue: "${var.config}" })),
    true,
  ],
  ["the provisioner's, where the template's are mounted", RegistryAuth.fromSecret("registries"), false],
  ["the provisioner's, where there are no others", undefined, false],
])("says whose credentials a probe takes: %s", (_, auth, own) => {
  const { body } = imageCacheSection(ImageCache.at(REPOSITORY, { push: true, probe: true }), "The node", auth);

  expect(body.includes("with this template's credentials of registries; Envbuilder's image itself it fetches")).toBe(
    own,
  );
  expect(body.includes("it takes credentials of registries from `config.json`")).toBe(!own);
});
