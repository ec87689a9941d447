// Compiles standard JSON, a line for a line, until its input ends: one that stays warm is twice as fast as one a mutant.
"use strict";
const { createInterface } = require("node:readline");

const compiler = require("solc/wrapper")(require("solc/soljson.js"));
// Emscripten would turn every exception of ours into a silent abort.
process.removeAllListeners("uncaughtException");

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${compiler.compile(line)}\n`);
});
