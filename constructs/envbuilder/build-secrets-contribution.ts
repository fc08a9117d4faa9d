import { ValidationError, shown } from "../errors";
import type { Text } from "../settings/text";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";

/** What a Dockerfile can write after `id=`, and what can be a file in `/run/secrets`, where it is without a `target`. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * Tells Envbuilder the secrets of its build.
 *
 * @throws when no Dockerfile could ask for a name
 * @internal
 */
export function contributeBuildSecrets(
  { buildSecrets: secrets = {} }: EnvbuilderSettings,
  env: Environment,
): Contribution {
  const names = Object.keys(secrets).sort();
  for (const name of names) checkName(name);
  if (names.length === 0) return {};
  // One record of CSV, each field in quotes: what a value holds is nobody's concern then.
  const record = names.flatMap((name, index): Text => [
    `${index === 0 ? "" : ","}"${name}=`,
    ...(secrets[name] ? [secrets[name].piece("csv")] : []),
    '"',
  ]);
  env.add("buildSecrets", "ENVBUILDER_BUILD_SECRETS", record, true);
  return {};
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new ValidationError(
    "build-secret-name-malformed",
    `buildSecrets has the name ${shown(name)}, which no RUN --mount=type=secret,id=… can ask for; use letters, digits, _, - and ., the first a letter, digit or _`,
  );
}
