import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";

/** How Git reaches a repository. @internal */
export type GitTransport = "http" | "ssh";

/**
 * The transport of a repository's URL; undefined where only Terraform knows the URL.
 *
 * @throws when Envbuilder cannot clone from such a URL
 * @internal
 */
export function checkGitUrl(prop: string, url: string): GitTransport | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  const scp = !scheme && /^[^/\s@]+@[^/\s:]+:[^\s]+$/.test(url);
  if (hasReference(url))
    return scheme === "http" || scheme === "https" ? "http" : scheme === "ssh" || scp ? "ssh" : undefined;
  const safe = shown(url.replace(/\/\/[^/]*@/, "//…@"));
  if (scp || scheme === "ssh") return "ssh";
  if (scheme !== "http" && scheme !== "https") {
    throw new ValidationError(
      "repository-url-malformed",
      `${prop} ${safe} must be an https://, http:// or ssh:// URL or git@HOST:PATH: for anything else Envbuilder needs a git program, which its image lacks`,
    );
  }
  if (!URL.canParse(url) || /\s/.test(url)) {
    throw new ValidationError(
      "repository-url-malformed",
      `${prop} ${safe} is no URL; write https://git.example.com/team/app.git`,
    );
  }
  const { username, password } = new URL(url);
  if (username || password) {
    throw new ValidationError(
      "repository-credentials-in-template",
      `${prop} ${safe} has a user in it, which may be a token and would stand in the template and in the workspace's .git/config; leave it out and give the credentials by reference`,
    );
  }
  return "http";
}
