'use strict';
/**
 * CommonJS modules of the sandbox, loaded afresh for each run by Node's own loader, with one difference: a file whose text
 * has not changed is not compiled again. Modules in node_modules stay loaded.
 */
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { pathToFileURL } = require('node:url');
const { raw } = require('./writes.cjs');

const WRAPPER = '(function (exports, require, module, __filename, __dirname) { ';
const NODE_MODULES = `${path.sep}node_modules${path.sep}`;

class SandboxModules {
  #compiled = new Map();
  #isEsm = new Map();

  /** @param {string} root real path @param {(builtin: string, exported: unknown) => void} onBuiltin is told of each built-in module before code gets it */
  constructor(root, onBuiltin) {
    this.root = root + path.sep;
    const original = Module._extensions['.js'];
    const load = (module, filename) => {
      if (!this.owns(filename) || this.#inEsmPackage(filename)) return original(module, filename);
      let compiled = this.#compiled.get(filename);
      if (!compiled) {
        const text = raw.readFileSync(filename, 'utf8');
        try {
          compiled = compile(text, filename);
        } catch (error) {
          // Newer Nodes run a .js file with import and export as a module, whatever its package says.
          if (/^\s*(?:import|export)\b/m.test(text)) return original(module, filename);
          throw error;
        }
        this.#compiled.set(filename, compiled);
      }
      const required = requireOf(module);
      const run = compiled.runInThisContext();
      return Reflect.apply(run, module.exports, [module.exports, required, module, filename, path.dirname(filename)]);
    };
    Module._extensions['.js'] = load;
    // The loader takes `.js` for names without a handler of their own, and .cjs is one of those.
    const require = Module.prototype.require;
    Module.prototype.require = function (id) {
      const exported = Reflect.apply(require, this, [id]);
      if (Module.isBuiltin(id)) onBuiltin(id, exported);
      return exported;
    };
  }

  /** Whether a file is under repair or beside it: in the sandbox and not in node_modules. */
  owns(filename) {
    return filename.startsWith(this.root) && !filename.includes(NODE_MODULES, this.root.length - 1);
  }

  #inEsmPackage(filename) {
    if (!filename.endsWith('.js')) return false;
    const folder = path.dirname(filename);
    let found = this.#isEsm.get(folder);
    if (found === undefined) {
      found = packageType(folder, this.root) === 'module';
      this.#isEsm.set(folder, found);
    }
    return found;
  }

  /** Files whose text has changed are compiled again. */
  changed(files) {
    for (const file of files) {
      this.#compiled.delete(file);
      if (file.endsWith('package.json')) this.#isEsm.clear();
    }
  }

  /** The next run loads every file of the sandbox again. */
  forget() {
    const cache = Module._cache;
    for (const filename of Object.keys(cache)) if (this.owns(filename)) delete cache[filename];
  }

  /** Absolute paths of the sandbox's modules that are loaded now. */
  loaded() {
    return Object.keys(Module._cache).filter((filename) => this.owns(filename));
  }
}

function packageType(folder, root) {
  for (let at = folder; (at + path.sep).startsWith(root); at = path.dirname(at)) {
    try {
      return JSON.parse(raw.readFileSync(path.join(at, 'package.json'), 'utf8')).type ?? 'commonjs';
    } catch {}
  }
  return 'commonjs';
}

function compile(text, filename) {
  const body = text.replace(/^\uFEFF/, '').replace(/^#!/, '//');
  const script = `${WRAPPER}${body}\n});`;
  const options = { filename, columnOffset: -WRAPPER.length };
  if (body.includes('import(')) options.importModuleDynamically = importer(filename);
  return new vm.Script(script, options);
}

const importer = (filename) =>
  vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER ??
  ((specifier) => import(/^\.{0,2}\//.test(specifier) ? pathToFileURL(path.resolve(path.dirname(filename), specifier)).href : specifier));

function requireOf(module) {
  const required = (id) => module.require(id);
  required.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  required.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  required.main = process.mainModule;
  required.extensions = Module._extensions;
  required.cache = Module._cache;
  return required;
}

exports.SandboxModules = SandboxModules;
exports.packageType = packageType;
