import type { ImageCache } from "../../settings/image-cache";
import type { RegistryAuth } from "../../settings/registry-auth";
import { hasReference } from "../../settings/text";
import { code } from "./markdown";
import type { ReadmeSection } from "./readme-section";

/**
 * What is kept where, what it takes, and how it shows when it does not work: for the people who run the provisioner.
 *
 * @param puller - what pulls images for containers, at the beginning of a sentence
 * @param auth - who Envbuilder is to registries
 */
export function imageCacheSection(cache: ImageCache, puller: string, auth?: RegistryAuth): ReadmeSection {
  const { probe } = cache.options;
  const body = [kept(cache), ...pushed(cache), ...(probe ? probed(cache, puller, auth) : [])].join("\n\n");
  return { title: "Image cache", body };
}

function place(path: string | undefined): string {
  return path === undefined || hasReference(path) ? "*(a reference)*" : code(path);
}

function kept({ repository, directory, options }: ImageCache): string {
  const days = `Layers are used for ${options.ttlDays ?? 7} days.`;
  if (repository === undefined) {
    return `Envbuilder keeps the layers that it builds in ${place(directory)} of the container. Each start builds, from them. ${days}`;
  }
  const what = options.push ? "layers that it builds, and the finished image," : "layers that it builds";
  return `Envbuilder keeps the ${what} in ${place(repository)}. ${days}`;
}

function pushed({ options: { push, exitOnPushFailure } }: ImageCache): string[] {
  if (!push) return [];
  return [
    exitOnPushFailure
      ? "Where the image cannot be pushed, the workspace ends, with `do push` and the cause in its log."
      : "Where the image cannot be pushed, the workspace's log says `Failed to push image!`, the workspace starts nevertheless, and the next start builds again.",
  ];
}

function probed(cache: ImageCache, puller: string, auth: RegistryAuth | undefined): string[] {
  const repository = place(cache.repository);
  return [
    "Before each start, Terraform looks for the finished image and, where it is there, starts that in place of Envbuilder. The workspace's page in Coder says `cached image: yes` then. A `no` means that it was not there, or that the look failed: the log of the build has the warning `Cached image not found.` with the cause.",
    [
      "The provisioner looks for itself, as its own environment says, whatever this template says of proxies and certificates:",
      "",
      "- it reaches the Git server, and the registries of Envbuilder's image, of base images and of the cache, through `https_proxy` where there is a proxy;",
      "- it trusts what `SSL_CERT_FILE` names: a bundle of the company's authorities and the public ones;",
      credentials(auth),
      "- its umask is 022, because modes of files are part of what is compared.",
    ].join("\n"),
    `${puller} pulls what is found: it has to reach ${repository}, too, or a start fails that would have built without the cache.`,
    "Never found are dev containers with features, and those whose build arguments have a `${localEnv:…}` of which the provisioner has another value.",
  ];
}

/** What is in a container's environment, the provider has as well; what is mounted there, it has not. */
function credentials(auth: RegistryAuth | undefined): string {
  const own = "`config.json` in the folder that `DOCKER_CONFIG` names";
  return auth?.config
    ? `- it looks into the cache, and for base images, with this template's credentials of registries; Envbuilder's image itself it fetches with those in ${own}, and with no others;`
    : `- it takes credentials of registries from ${own};`;
}
