import type { Text } from "../settings/text";
import { sessionTrust, type TrustSettings } from "./session-trust";

/** What of the settings decides on what comes before a script. @internal */
export interface InitSettings extends TrustSettings {
  readonly initCommand?: string;
}

/**
 * What comes before the agent's own script where the Coder server is reached without the proxy.
 *
 * The script downloads the agent with curl, wget or BusyBox, whichever is there. BusyBox's wget uses http_proxy and ignores
 * no_proxy, so that the download from a Coder server that is reached directly would go to the proxy for ever.
 */
const DIRECT_BUSYBOX_WGET = `if ! command -v curl >/dev/null && { wget --help || busybox wget --help; } 2>&1 | grep -q BusyBox; then
  wget() { env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY wget "$@"; }
  busybox() { env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY busybox "$@"; }
fi
`;

/**
 * The script that Envbuilder hands the workspace over to. It trusts the system's store from its beginning, so that an agent
 * can be downloaded whichever program does that.
 *
 * @param script - the author's or the agent's own, as Terraform wants it
 * @param direct - whether it downloads from a Coder server that is reached without the proxy that the container has
 * @internal
 */
export function initScript(settings: InitSettings, script: string, direct = false): Text {
  const trust = isShell(settings.initCommand) ? sessionTrust(settings) : undefined;
  return [...(trust === undefined ? [] : [`${trust}\n`]), ...(direct ? [DIRECT_BUSYBOX_WGET] : []), script];
}

/** Other programs take another language. */
function isShell(command = "/bin/sh"): boolean {
  return /\/(?:ba|da|a|k|mk|z)?sh$/.test(command);
}
