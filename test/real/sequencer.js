// Divides the real-program tests so that halves that run side by side (--shard) end at about the same time: jest itself goes by
// the names of files. A file that is not listed takes little.
const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Seconds on two cores beside the other half. */
const SECONDS = {
  "cached-image": 250,
  "git-credentials": 180,
  trust: 170,
  "build-help": 150,
  "registry-auth": 130,
  "cached-start": 130,
  "docker-proxy": 120,
  "kubernetes-capabilities": 100,
  "kubernetes-workspace": 95,
  hcl: 90,
  templates: 80,
  "image-cache": 75,
  demonstration: 75,
  "kubernetes-registry-auth": 55,
  "docker-coder": 70,
  "cached-image-coder": 60,
  "cached-image-kubernetes": 60,
  "kubernetes-builds": 60,
  "kubernetes-coder": 50,
  "kubernetes-accepted": 45,
};
const LITTLE = 25;

function seconds(test) {
  return SECONDS[path.basename(test.path, ".test.ts")] ?? LITTLE;
}

module.exports = class extends Sequencer {
  /** The longest first, each to the half that has least to do. */
  shard(tests, { shardIndex, shardCount }) {
    const shards = Array.from({ length: shardCount }, () => ({ tests: [], sum: 0 }));
    const ordered = [...tests].sort((a, b) => seconds(b) - seconds(a) || (a.path < b.path ? -1 : 1));
    for (const test of ordered) {
      const least = shards.reduce((one, other) => (other.sum < one.sum ? other : one));
      least.tests.push(test);
      least.sum += seconds(test);
    }
    return shards[shardIndex - 1].tests;
  }
};
