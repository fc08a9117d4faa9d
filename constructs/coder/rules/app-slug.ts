import { resources } from "./reading/elements";
import { literal, quoted } from "./reading/literal";
import { isAlwaysThere } from "./reading/presence";
import type { Finding, Rule } from "./rule";

/** Coder's own pattern; a slug becomes part of a host name. */
const PATTERN = /^[a-z0-9](-?[a-z0-9])*$/;

/** Coder refuses a template with a bad slug, or with one slug for two apps, also of different agents. */
export const appSlug: Rule = {
  id: "app-slug",
  level: "error",
  check: (tree) => {
    const findings: Finding[] = [];
    const owners = new Map<string, string>();
    for (const { address, body } of resources(tree, "coder_app")) {
      const slug = literal(body["slug"]);
      if (slug === undefined) continue;
      if (!PATTERN.test(slug))
        findings.push({
          address,
          message: `slug must be lower-case letters and digits with single hyphens in between, got ${quoted(slug)}; rename it`,
        });
      const owner = owners.get(slug);
      if (owner !== undefined && isAlwaysThere(body))
        findings.push({
          address,
          message: `slug must be unique in the template, got ${quoted(slug)}, which ${owner} has as well; rename one of them`,
        });
      if (isAlwaysThere(body)) owners.set(slug, address);
    }
    return findings;
  },
};
