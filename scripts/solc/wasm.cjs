// Makes npm's WebAssembly solc answer like the native program: `--version`, and `--standard-json` from stdin or a file.
//
// Flags that a build tool passes and that change nothing for standard JSON are ignored. Imports are read only from under the
// base, include and allow paths, as the native program does. npm's own `solcjs` does none of this and dies of a full pipe.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const PACKAGE = path.dirname(require.resolve("solc/package.json"));
const COMPILER = path.join(PACKAGE, "soljson.js");
const WITH_VALUE = new Set(["--base-path", "--include-path", "--allow-paths"]);

function readArguments(argv) {
  const options = { file: null, roots: [], showVersion: false, standardJson: false };
  for (let i = 0; i < argv.length; i++) {
    const [flag, inline] = argv[i].split(/=(.*)/s);
    if (flag === "--version") options.showVersion = true;
    else if (flag === "--standard-json") options.standardJson = true;
    else if (WITH_VALUE.has(flag)) options.roots.push(...(inline ?? argv[++i] ?? "").split(",").filter(Boolean));
    else if (!flag.startsWith("-")) options.file = argv[i];
  }
  return options;
}

function loadCompiler() {
  // Emscripten would turn every later exception of ours into a silent abort.
  const before = process.listeners("uncaughtException");
  const compiler = require("solc/wrapper")(require(COMPILER));
  process.removeAllListeners("uncaughtException");
  for (const listener of before) process.on("uncaughtException", listener);
  return compiler;
}

/** The long version, "0.8.37+commit...". Kept beside the packages, as asking WebAssembly for it costs half a second. */
function longVersion() {
  const { size, mtimeMs } = fs.statSync(COMPILER);
  const key = `${size}-${mtimeMs}`;
  const cache = path.join(path.dirname(PACKAGE), ".cache", "lightdom-solc.json");
  try {
    const kept = JSON.parse(fs.readFileSync(cache, "utf8"));
    if (kept.key === key) return kept.version;
  } catch {
    // No cache yet, or half of one: ask again.
  }
  const version = loadCompiler().version().replace(/\.Emscripten.*$/, "");
  try {
    fs.mkdirSync(path.dirname(cache), { recursive: true });
    const fresh = `${cache}.${process.pid}`;
    fs.writeFileSync(fresh, JSON.stringify({ key, version }));
    fs.renameSync(fresh, cache);
  } catch {
    // A read-only node_modules only costs the half second again.
  }
  return version;
}

function importReader(roots) {
  const allowed = (roots.length ? roots : ["."]).map((root) => path.resolve(root));
  return (name) => {
    for (const root of allowed) {
      const file = path.resolve(root, name);
      const inside = allowed.some((parent) => file === parent || file.startsWith(parent + path.sep));
      if (inside && fs.existsSync(file)) return { contents: fs.readFileSync(file, "utf8") };
    }
    return { error: `File not found under ${allowed.join(", ")}.` };
  };
}

/** Writes everything before returning: a pipe takes 64 KiB at a time and says EAGAIN in between. */
function writeFully(text) {
  const bytes = Buffer.from(text, "utf8");
  for (let done = 0; done < bytes.length; ) {
    try {
      done += fs.writeSync(1, bytes, done);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

const options = readArguments(process.argv.slice(2));
if (options.showVersion) {
  writeFully(`solc, the solidity compiler commandline interface\nVersion: ${longVersion()}.Linux.g++\n`);
} else if (options.standardJson) {
  const input = fs.readFileSync(options.file ?? 0, "utf8");
  writeFully(loadCompiler().compile(input, { import: importReader(options.roots) }) + "\n");
} else {
  process.stderr.write("Only --version and --standard-json are supported here. Install a native solc for anything else.\n");
  process.exitCode = 1;
}
