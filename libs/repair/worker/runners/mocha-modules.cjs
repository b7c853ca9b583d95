'use strict';
/**
 * Which modules of the sandbox a run finds loaded. What `--require` loaded stays, with its state, as within one process;
 * what a run itself loaded is dropped before the next. Only a change of something that `--require` reached loads that again.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const NODE_MODULES = `${path.sep}node_modules${path.sep}`;

exports.MochaModules = class {
  #root;
  /** Loaded before the first run: by `--require`. */
  #before = new Set();
  #transformed = new Map();
  #wrapped = new Map();
  #clock = Math.floor(Date.now() / 1000);

  constructor(root) {
    this.#root = root + path.sep;
  }

  /** In the sandbox and not in node_modules. */
  owns(file) {
    return file.startsWith(this.#root) && !file.includes(NODE_MODULES, this.#root.length - 1);
  }

  /** The sandbox's modules that are loaded now, absolute. */
  loaded() {
    return Object.keys(Module._cache).filter((file) => this.owns(file) && !file.endsWith('.node'));
  }

  /** What is loaded now stays from run to run. */
  keep() {
    this.#before = new Set(this.loaded());
  }

  /** Drops what must be loaded again. @param {readonly string[]} changed absolute real paths */
  prepare(changed) {
    const stale = this.#dependents(changed);
    const again = this.loaded().filter((file) => this.#before.has(file) && stale.has(file));
    const entries = again.filter((file) => !this.#isRequiredByKept(file));
    for (const file of this.loaded()) {
      if (this.#before.has(file) && !stale.has(file)) continue;
      const module = Module._cache[file];
      delete Module._cache[file];
      const parent = module.parent;
      if (parent?.children) parent.children = parent.children.filter((child) => child !== module);
    }
    for (const file of entries) require(file);
  }

  #isRequiredByKept(file) {
    return [...this.#before].some((other) => other !== file && Module._cache[other]?.children.some((child) => child.filename === file));
  }

  /** Kept modules that are changed or load, over any number of steps, one that is. */
  #dependents(changed) {
    const stale = new Set(changed.filter((file) => this.#before.has(file)));
    for (let size = -1; size !== stale.size; ) {
      size = stale.size;
      for (const file of this.#before) {
        if (Module._cache[file]?.children.some((child) => stale.has(child.filename))) stale.add(file);
      }
    }
    return stale;
  }

  /**
   * Remembers what the project's compilers (Babel, ts-node) made of each text, so that a candidate costs them one file;
   * and moves a changed file's time of change on, because they go by it and two candidates come within its resolution.
   */
  wrapLoaders() {
    for (const extension of Object.keys(Module._extensions)) {
      const original = Module._extensions[extension];
      if (extension === '.json' || extension === '.node' || this.#wrapped.get(extension) === original) continue;
      const wrapper = (module, file) => this.#load(original, module, file);
      Module._extensions[extension] = wrapper;
      this.#wrapped.set(extension, wrapper);
    }
  }

  #load(original, module, file) {
    if (!this.owns(file)) return original(module, file);
    let text;
    try {
      text = fs.readFileSync(file, 'utf8');
    } catch {
      return original(module, file);
    }
    const known = this.#transformed.get(file) ?? [];
    const same = known.find((one) => one.text === text);
    if (same) return module._compile(same.code, file, ...same.format);
    if (known.length > 0) fs.utimesSync(file, ++this.#clock, this.#clock);
    const compile = module._compile;
    module._compile = (code, name, ...format) => {
      delete module._compile;
      // The base's text comes back after each candidate: the first is kept, and one more.
      if (name === file && typeof code === 'string' && format[0] !== 'module')
        this.#transformed.set(file, [...known.slice(0, 1), { text, code, format }]);
      return Reflect.apply(compile, module, [code, name, ...format]);
    };
    return original(module, file);
  }
};
