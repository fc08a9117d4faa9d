import { ValidationError } from "../errors";
import { carriedScript, libraryScript, SCRIPTS } from "./carried-script";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import type { PlannedFile } from "./planned-file";
import { sessionTrust, trustOf } from "./session-trust";

const PROXY = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];
const CERTIFICATES = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/**
 * Has Envbuilder run, as root and at every start, what the workspace needs once it is built: the certificates in the system's
 * stores, the variables in /etc/environment, and the author's own script. Envbuilder writes the command into its log, so that
 * the scripts themselves are files.
 *
 * @param certificates - path of the private certificates in the container, a file or a folder, where there are any
 * @internal
 */
export function contributeSetup(
  settings: EnvbuilderSettings,
  certificates: string | undefined,
  env: Environment,
): Contribution {
  const { setupScript } = settings;
  const files: PlannedFile[] = [];
  const install = installation(settings, certificates);
  const environment = etcEnvironment(settings, env);
  const commands: string[] = [];
  if (install !== undefined) {
    files.push(libraryScript("install-ca.sh"));
    commands.push(install);
  }
  // What the scripts behind it hand on and download goes by it, too.
  const session = sessionTrust(settings);
  if (session !== undefined && (environment !== undefined || setupScript)) commands.push(session);
  if (environment !== undefined) {
    files.push(libraryScript("etc-environment.sh"));
    commands.push(environment);
  }
  if (setupScript) {
    files.push(carriedScript("setup.sh", setupScript.text));
    const run = `${setupScript.interpreter} ${SCRIPTS}/setup.sh`;
    commands.push(setupScript.isRequired ? run : `${run} || echo "the setup script failed with status $?" >&2`);
  }
  if (commands.length > 0) env.add("setupScript", "ENVBUILDER_SETUP_SCRIPT", commands.join("; "));
  return { files };
}

function installation(settings: EnvbuilderSettings, certificates: string | undefined): string | undefined {
  const trust = trustOf(settings);
  const stores = [...(trust.systemStore ? ["system"] : []), ...(trust.java ? ["java"] : [])];
  if (certificates === undefined || stores.length === 0) return undefined;
  return `sh ${SCRIPTS}/install-ca.sh ${certificates} ${stores.join(" ")}`;
}

/** Every user of the workspace may read that file. */
function etcEnvironment(settings: EnvbuilderSettings, env: Environment): string | undefined {
  if (!settings.etcEnvironment) return undefined;
  if (settings.proxy?.url && settings.proxy.secret) {
    throw new ValidationError(
      "etc-environment-shows-proxy-password",
      "etcEnvironment would write the proxy's URL with its credentials into /etc/environment, which every user of the workspace may read; leave etcEnvironment out, or use a proxy without credentials",
    );
  }
  const proxy = PROXY.flatMap((name) => [name, name.toUpperCase()]);
  const trusting = settings.ca ? [...CERTIFICATES, ...trustOf(settings).variables] : [];
  const names = [...proxy, ...trusting].filter((name) => env.get(name) || isSessions(settings, name));
  return names.length === 0 ? undefined : `sh ${SCRIPTS}/etc-environment.sh ${names.join(" ")}`;
}

/** Whether the container has the variable not from the beginning, but its sessions have it. */
function isSessions(settings: EnvbuilderSettings, name: string): boolean {
  return sessionTrust(settings)?.includes(` ${name}=`) ?? false;
}
