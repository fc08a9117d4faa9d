import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CoderTemplate } from "cdktf-coder-envbuilder";
import { TerraformOutput } from "cdktf";

import { CoderServer } from "./lab/coder-server";
import { command } from "./lab/command";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";
