import { ValidationError, shownUrl } from "../errors";
import { checkRef } from "./git-ref";
import { stretches, withStandIns } from "./stretches";
import { hasReference } from "./text";
import { BLANK } from "../unicode-pattern";

/** How Git reaches a repository. @internal */
export type GitTransport = "http" | "ssh";

const SSH = /^ssh:\/\/(?:[^@/:]+@)?(?:\[[0-9a-f:.]+\]|[^@/:[\]]+)(?::\d{1,5})?\/[^#]+/i;
const SCP = /^[^@/:]+@(?:\[[0-9a-f:.]+\]|[^@/:[\]]+):[^#]+/i;

/**
 * Checks the URL of a repository as far as it is known.
 *
 * @returns the transport; undefined where only Terraform knows the URL
 * @throws when Envbuilder cannot clone from such a URL
 * @internal
 */
export function checkGitUrl(prop: string, url: string): GitTransport | undefined {
  // A digit may stand in a host as well as in a port.
  const known = withStandIns(url, "1");
  const refuse = (rule: string): never => {
    throw new ValidationError("repository-url-malformed", `${prop} ${shownUrl(url)} ${rule}`);
  };
  if (BLANK.test(known)) refuse("must be free of blanks and control characters; remove them");
  checkCredentials(prop, url, known);
  if (stretches(url)[0]?.isReference) return undefined;
  const [, fragment] = /#(.*)$/.exec(known) ?? [];
  if (!hasReference(url)) checkRef(`the part after # of ${prop}`, fragment);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(known)?.[1]?.toLowerCase();
  if (scheme === "http" || scheme === "https") {
    if (hasReference(url) || URL.canParse(url)) return "http";
    refuse("must have a valid host; write it as https://git.example.com/team/app.git");
  }
  if (scheme === "ssh" ? SSH.test(known) : scheme === undefined && SCP.test(known)) return "ssh";
  return refuse(
    "must be an https://, http:// or ssh:// URL or git@HOST:PATH, because for anything else Envbuilder needs a git program, which its image lacks; write it as https://git.example.com/team/app.git",
  );
}

/** In SSH a user without a password is no secret: it says whose account is meant. */
function checkCredentials(prop: string, url: string, known: string): void {
  const [, scheme = "", user] = /^([a-z0-9+.-]*:\/\/)?([^/@]*)@/i.exec(known) ?? [];
  if (user === undefined || (!/^https?:/i.test(scheme) && !user.includes(":"))) return;
  throw new ValidationError(
    "repository-credentials-in-template",
    `${prop} ${shownUrl(url)} must be free of user and password, which would stand in the template and in the workspace's .git/config; give them as gitCredentials`,
  );
}
