'use strict';
/** The candidate's files in the worker's sandbox. Says which differ from those of the last run. */
const path = require('node:path');
const { raw } = require('./writes.cjs');

class SandboxFiles {
  /** Texts of the base: by absolute path, null for a file that it does not have. */
  #base = new Map();
  /** What differs from the base now. */
  #now = new Map();

  /** @param {string} root real path @param {[string, string][]} overlay texts that every candidate builds on instead of those on disk */
  constructor(root, overlay) {
    this.root = root;
    this.overlay = overlay.map(([file, text]) => [this.#absolute(file), text]);
    this.reset();
  }

  /** The sandbox has been put back as it was at the start. @returns what the runner must load again */
  reset() {
    const touched = [...this.#now.keys(), ...this.overlay.map(([file]) => file)];
    this.#now.clear();
    this.#base.clear();
    for (const [file, text] of this.overlay) {
      overwrite(file, text);
      this.#base.set(file, text);
    }
    return touched;
  }

  /** Writes a candidate and takes the last one back. @param {[string, string][]} files @returns absolute paths that changed */
  apply(files) {
    const wanted = new Map(files.map(([file, text]) => [this.#absolute(file), text]));
    const changed = [];
    for (const file of this.#now.keys()) {
      if (wanted.has(file)) continue;
      const text = this.#base.get(file);
      if (text === null) raw.rmSync(file, { force: true });
      else overwrite(file, text);
      this.#now.delete(file);
      changed.push(file);
    }
    for (const [file, text] of wanted) {
      if (!this.#base.has(file)) this.#base.set(file, raw.existsSync(file) ? raw.readFileSync(file, 'utf8') : null);
      const before = this.#now.get(file) ?? this.#base.get(file);
      if (before === text) continue;
      if (before === null) raw.mkdirSync(path.dirname(file), { recursive: true });
      overwrite(file, text);
      changed.push(file);
      if (text === this.#base.get(file)) this.#now.delete(file);
      else this.#now.set(file, text);
    }
    return changed;
  }

  #absolute(file) {
    const absolute = path.resolve(this.root, file);
    if (!absolute.startsWith(this.root + path.sep)) throw new Error(`${file} is outside the sandbox`);
    return absolute;
  }
}

/** In place: to cut a file to nothing first makes some file systems (ext4) flush it to disk, which takes milliseconds. */
function overwrite(file, text) {
  let handle;
  try {
    handle = raw.openSync(file, 'r+');
  } catch {
    raw.writeFileSync(file, text);
    return;
  }
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += raw.writeSync(handle, bytes, at, bytes.length - at, at);
    raw.ftruncateSync(handle, bytes.length);
  } finally {
    raw.closeSync(handle);
  }
}

exports.SandboxFiles = SandboxFiles;
