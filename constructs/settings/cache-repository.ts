import { ValidationError, shown, shownUrl } from "../errors";
import { withStandIns } from "./stretches";
import { hasReference } from "./text";

const REMEDY = "write host and path alone, such as registry.example.com/envbuilder-cache";
const PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";

/**
 * Checks where in a registry cached images are kept, as far as it is known.
 *
 * @throws when it is no repository of a registry, or has a tag: Envbuilder adds tags of its own
 * @internal
 */
export function checkCacheRepository(prop: string, repository: string): void {
  const refuse = (rule: string): never => {
    throw new ValidationError("cache-repository-malformed", `${prop} ${shownUrl(repository)} ${rule}; ${REMEDY}`);
  };
  if (repository === "") refuse("must not be empty");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(repository))
    refuse("must be free of a scheme, because it is the name of an image");
  // A digit may stand in a host, a port and a path.
  const known = withStandIns(repository, "1");
  if (/[@\s]/.test(known)) refuse("must be free of a digest, credentials and blanks");
  if (hasReference(repository)) return;
  const [host = "", ...path] = repository.split("/");
  if (path.length === 0 || !/[.:]|^localhost$/.test(host)) {
    refuse("must begin with the registry's host, because Docker Hub would be meant otherwise");
  }
  if (path.at(-1)?.includes(":")) refuse("must be free of a tag, because Envbuilder gives each layer one");
  if (!path.every((part) => new RegExp(`^${PART}$`).test(part))) {
    refuse("must have a path of lower-case letters, digits, single dots, underscores and hyphens");
  }
}

/**
 * Checks how long cached layers are used.
 *
 * @throws when it is no whole number of days from 1 on
 * @internal
 */
export function checkCacheDays(prop: string, days: number | undefined): void {
  if (days === undefined || (Number.isSafeInteger(days) && days >= 1)) return;
  throw new ValidationError(
    "cache-days-malformed",
    `${prop} ${shown(days)} must be a whole number of days from 1 on, because Envbuilder takes 0 for 7; round it`,
  );
}
