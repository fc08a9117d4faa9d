// Writes what each door of the package offers into etc/<door>.api.md, so that a change of the public API is seen in review:
//   node scripts/api-report.js            fails where a report is not what the built package offers
//   node scripts/api-report.js --update   writes the reports
// The package must be built.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { Extractor, ExtractorConfig, ExtractorLogLevel } = require("@microsoft/api-extractor");
const { exports: doors, name: packageName } = require("../package.json");

const root = path.dirname(__dirname);
const configFile = path.join(root, "api-extractor.json");
const update = process.argv.includes("--update");

const targets = Object.entries(doors).filter(([, target]) => typeof target === "object");
// The bindings are generated: their API is the providers'.
const isBinding = ([, target]) => target.types.includes("/providers/");
const entries = targets
  .filter((entry) => !isBinding(entry))
  .map(([door, { types }]) => ({ name: path.posix.join(packageName, door).replaceAll("/", "-"), types }));
const bindings = targets.filter(isBinding).map(([, { types }]) => path.dirname(types.split("*")[0]));

/** What was found, for the last lines. */
const problems = new Set();

fs.mkdirSync(path.join(root, "etc"), { recursive: true });
for (const entry of entries) report(entry);
if (problems.size > 0) {
  process.stderr.write(`${[...problems].join("\n")}\n`);
  process.exitCode = 1;
}

function report({ name, types }) {
  const configObject = ExtractorConfig.loadFile(configFile);
  configObject.mainEntryPointFilePath = path.join(root, types);
  configObject.apiReport.reportFileName = name;
  const config = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: configFile,
    packageJsonFullPath: path.join(root, "package.json"),
  });
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: update, messageCallback });
  if (!apiReportChanged || update) return;
  problems.add(`etc/${name}.api.md does not say what the package offers: if the change is meant, run npm run api`);
  if (!fs.existsSync(config.reportFilePath)) return;
  const files = [config.reportFilePath, config.reportTempFilePath].map((file) => path.relative(root, file));
  spawnSync("git", ["--no-pager", "diff", "--no-index", "--", ...files], { cwd: root, stdio: "inherit" });
}

function messageCallback(message) {
  message.handled = true;
  const file = path.relative(root, message.sourceFilePath ?? root);
  // Generated from texts of the provider's authors.
  if (file.startsWith(path.join("dist", "constructs", "providers"))) return;
  if (message.messageId === "ae-forgotten-export") {
    // One door's types may be another's, or a binding's.
    const symbol = /The symbol "(\w+)"/.exec(message.text)?.[1] ?? message.text;
    if (!isOffered(symbol)) problems.add(`${symbol} occurs in the API and can be imported nowhere; export it`);
  } else if (message.logLevel === ExtractorLogLevel.Error) {
    problems.add(`${file ? `${file}:${message.sourceFileLine}: ` : ""}${message.text} (${message.messageId})`);
  }
}

function isOffered(symbol) {
  const declared = new RegExp(`^export .*\\b${symbol}\\b`, "m");
  const named = new RegExp(`^export [^;]*\\b${symbol}\\b`, "m");
  if (entries.some(({ types }) => named.test(read(types)))) return true;
  return bindings.some((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .some((file) => file.endsWith("index.d.ts") && declared.test(read(path.join(folder, file)))),
  );
}

function read(file) {
  return fs.readFileSync(path.join(root, file), "utf8");
}
