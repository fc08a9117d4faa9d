import { ValidationError, shown } from "../errors";
import { checkHostPath } from "./host-path";
import { markKind } from "./kind";
import { checkObjectKey, checkObjectName } from "./kubernetes-name";
import { canonicalRegistry, checkRegistryName, registryKey } from "./registry-name";
import { Secret } from "./secret";
import { checkPropKinds } from "./prop-kinds";
import { withStandIns } from "./stretches";
import type { JsonObject, Text } from "./text";
import { LIST, OBJECT, STRING, checkKind } from "./value-kinds";
import { UnicodePattern } from "../unicode-pattern";

/** A user of a registry. */
export interface RegistryLogin {
  /**
   * The registry's host, and its port where images are named with one: `registry.example.com:5000`, or `docker.io` for
   * Docker Hub. It may be a reference.
   */
  readonly registry: string;
  /** The user name; it may be a reference. */
  readonly user: string;
  /** The password or token, by reference. */
  readonly password: Secret;
}

/** What there is to say of a docker config. */
export interface DockerConfigOptions {
  /**
   * Whether the secret is the base64 of the config, as `ENVBUILDER_DOCKER_CONFIG_BASE64` wants it, instead of the JSON.
   *
   * @default false
   */
  readonly base64?: boolean;
  /**
   * Registries that it has logins for, so that the Docker daemon gets them, too: what is in the secret is not known at synth.
   *
   * @default - the registry of `builderImage`, where that is set
   */
  readonly registries?: string[];
}

/**
 * Where the credentials are.
 *
 * @internal
 */
export type RegistryAuthSource =
  | { readonly kind: "logins"; readonly logins: readonly RegistryLogin[] }
  | { readonly kind: "config"; readonly registries: readonly string[] }
  | { readonly kind: "host-file"; readonly path: string }
  | { readonly kind: "secret"; readonly name: string; readonly key: string };

/** The entry of a Secret of type kubernetes.io/dockerconfigjson. @internal */
export const DOCKER_CONFIG_KEY = ".dockerconfigjson";

/**
 * Who Envbuilder is to the registries that it pulls base images and features from and pushes caches to.
 *
 * Logins and a docker config are gone when the workspace runs; a file of the host and a Secret of the cluster stay where they
 * are mounted, at `/.envbuilder/config.json`.
 */
export class RegistryAuth {
  /**
   * Users of one or several registries.
   *
   * @throws when a registry is none or there twice, or a user or password is none
   */
  public static logins(logins: RegistryLogin[]): RegistryAuth {
    checkKind("registryAuth logins", LIST, logins);
    if (logins.length === 0) {
      throw new ValidationError(
        "registry-logins-empty",
        "registryAuth logins [] must name a registry; give one, or leave registryAuth out",
      );
    }
    const own = logins.map((login, index) => checkedLogin(`registryAuth logins[${index}]`, login));
    for (const [index, { registry }] of own.entries()) {
      const twin = own.findIndex((other) => other.registry === registry);
      if (twin === index) continue;
      throw new ValidationError(
        "registry-twice",
        `registryAuth logins[${twin}] and logins[${index}] are both for ${shown(registry)}, of which a docker config has one; leave one of them out`,
      );
    }
    const entries = own.map(({ registry, user, password }): [string, JsonObject] => [
      registryKey(registry),
      { username: [user], password: [password.piece()] },
    ]);
    const json = { auths: Object.fromEntries(entries) };
    return new RegistryAuth({ kind: "logins", logins: own }, [{ json }], [{ json, encoding: "base64" }]);
  }

  /**
   * A docker config as `docker login` writes it, such as a sensitive variable holds. It cannot be checked at synth.
   *
   * @param config - the JSON; `RegistryAuth.configCondition` has Terraform do it
   * @throws when one of `registries` is none
   */
  public static fromConfig(config: Secret, options: DockerConfigOptions = {}): RegistryAuth {
    checkSecret("registryAuth config", config);
    checkPropKinds(options, "registryAuth ");
    const registries = options.registries ?? [];
    for (const [index, one] of registries.entries()) checkRegistryName(`registryAuth registries[${index}]`, one);
    const source: RegistryAuthSource = { kind: "config", registries: [...new Set(registries.map(canonicalRegistry))] };
    return options.base64
      ? new RegistryAuth(source, [config.piece("base64-decoded")], [config.piece()])
      : new RegistryAuth(source, [config.piece()], [config.piece("base64")]);
  }

  /**
   * The docker config of the machine that runs the containers, mounted read-only. It stays in the workspace, where root can
   * read it. It cannot be checked at synth. Docker only.
   *
   * @param file - absolute path on the Docker host, such as `/root/.docker/config.json`
   * @throws when the path is not absolute and normalized
   */
  public static fromHostFile(file: string): RegistryAuth {
    checkHostPath("registryAuth host file", file);
    return new RegistryAuth({ kind: "host-file", path: file });
  }

  /**
   * A docker config in a Secret that is in the workspace's namespace already, mounted read-only. It stays in the workspace,
   * where everybody can read it. It cannot be checked at synth. Kubernetes only.
   *
   * @param name - the Secret's name; it may be a reference
   * @param key - the entry that holds the config; one of type kubernetes.io/dockerconfigjson has the default's, and serves the
   *   pull of the builder image, too
   * @throws when the name or the key is none for Kubernetes
   */
  public static fromSecret(name: string, key: string = DOCKER_CONFIG_KEY): RegistryAuth {
    checkObjectName("registryAuth Secret", name);
    checkObjectKey(`registryAuth Secret ${shown(name)} key`, key);
    return new RegistryAuth({ kind: "secret", name, key });
  }

  /**
   * A condition for a variable that holds a docker config, so that Terraform refuses at push what is none, or holds no
   * credentials because a credential helper keeps them. For `lifecycle.precondition` of what runs the workspace: a
   * `validation` of the variable would show the value that it refuses.
   *
   * @param variable - the variable's name
   */
  public static configCondition(variable: string, options: DockerConfigOptions = {}): string {
    const config = options.base64 ? `base64decode(var.${variable})` : `var.${variable}`;
    return `\${try(anytrue([for login in values(jsondecode(${config}).auths) : can(login.auth) || can(login.password)]), false)}`;
  }

  /** @internal */
  public readonly source: RegistryAuthSource;
  /** The docker config as JSON, where Terraform has it. @internal */
  public readonly config: Text | undefined;
  // Private, so that types take nothing else for one.
  private readonly encoded: Text | undefined;

  private constructor(source: RegistryAuthSource, config?: Text, encoded?: Text) {
    markKind(this, "RegistryAuth");
    this.source = source;
    this.config = config;
    this.encoded = encoded;
  }

  /** The base64 of the docker config, where Terraform has it. @internal */
  public get configBase64(): Text | undefined {
    return this.encoded;
  }
}

function checkedLogin(at: string, login: RegistryLogin): RegistryLogin {
  checkKind(at, OBJECT, login);
  const { registry, user, password } = login;
  checkKind(`${at}.registry`, STRING, registry);
  checkKind(`${at}.user`, STRING, user);
  checkRegistryName(`${at}.registry`, registry);
  checkUser(`${at}.user`, user);
  checkSecret(`${at}.password`, password);
  return { registry: canonicalRegistry(registry), user, password };
}

const NOT_IN_USER = new UnicodePattern(String.raw`[:\p{C}]`);

function checkUser(at: string, user: string): void {
  const literal = withStandIns(user, "");
  if (user !== "" && !NOT_IN_USER.test(literal)) return;
  // What follows a colon may be a password.
  throw new ValidationError(
    "registry-user-malformed",
    `${at} ${literal.includes(":") ? "" : `${shown(user)} `}must be a name of visible characters without a colon, behind which registries expect the password; write the name alone`,
  );
}

/** For those who write JavaScript. */
function checkSecret(at: string, value: unknown): void {
  if (Secret.isSecret(value)) return;
  throw new ValidationError(
    "secret-in-template",
    `${at} must be a Secret, because its value would stand in the synthesized template; use Secret.fromVariable with a sensitive variable`,
  );
}
