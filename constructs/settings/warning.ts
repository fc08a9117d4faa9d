/** The ids of all warnings, sorted: what may be silenced. */
export const WARNING_IDS = [
  "agent-env-expansion",
  "agent-nearest-resource",
  "agent-on-cached-image",
  "agent-token-in-persistent-resource",
  "base64-ca-is-git-only",
  "builder-image-unpinned",
  "ca-directory-not-for-every-program",
  "ca-expires-soon",
  "ca-in-own-namespace",
  "ca-is-no-authority",
  "ca-not-yet-valid",
  "cache-directory-not-kept",
  "certificate-without-subject-alt-name",
  "cluster-ca-hides-public-roots",
  "devcontainer-directory-without-fallback",
  "docker-config-hides-registry-auth",
  "git-credentials-in-the-clear",
  "git-credentials-not-for-every-repository",
  "git-only-proxy-misses-registries",
  "host-file-hides-public-roots",
  "https-proxy-http2",
  "insecure-is-partial",
  "lone-ca-hides-public-roots",
  "mount-hides-image-home",
  "option-unknown-to-library",
  "persistent-resource",
  "probe-lacks-ssh-key",
  "probe-without-push",
  "read-only-mount-in-workspace",
  "registry-auth-in-own-namespace",
  "registry-mirror-without-effect",
  "remote-build-assumes-main",
  "restart-after-killed-build",
  "sensitive-variable-default",
  "single-branch-assumes-main",
  "ssh-bypasses-proxy",
  "ssh-host-unverified",
  "ssh-without-key",
] as const;

/** The id of a warning: stable and speaking, such as `ca-expires-soon`. */
export type WarningId = (typeof WARNING_IDS)[number];

/** Something that is allowed and probably not meant. */
export interface Warning {
  /** What it is known by, also to those who silence it. */
  readonly id: WarningId;
  /** What happens and what to do about it: lower case, no full stop. */
  readonly message: string;
}
