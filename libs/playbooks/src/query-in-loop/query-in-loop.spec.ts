import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { queryInLoop } from './index.js';

const slow = { route: 'GET /a', duration_ms: 900, objective_ms: 300 };
const wrap = (body: string) => `import * as repo from './repo.js';\napp.get('/a', async () => {\n  ${body}\n});\n`;
const REPO = `export async function getArtifactById(id) {
  return (await rows()).find((row) => row.id === id) ?? null;
}
export async function getArtifactsByIds(ids) {
  return (await rows()).filter((row) => ids.includes(row.id));
}
`;
const run = (body: string, repo = REPO) => heal(queryInLoop, { files: { 'a.js': wrap(body), 'repo.js': repo }, failure: slow });

describe('query-in-loop', () => {
  it.each([
    [
      // github.com/derive-to/derive/pull/330: "getArtifactById per context" became getArtifactsByIds and a map of ids.
      'a batch function of the module',
      'const out = [];\n  for (const { artifactId } of contexts) {\n    const artifact = await repo.getArtifactById(artifactId);\n    out.push(artifact.short);\n  }\n  return out;',
      'const out = [];\n  const foundById = new Map((await repo.getArtifactsByIds(contexts.map(({ artifactId }) => artifactId))).map((row) => [row.id, row]));\n  for (const { artifactId } of contexts) {\n    const artifact = foundById.get(artifactId) ?? null;\n    out.push(artifact.short);\n  }\n  return out;',
    ],
    [
      'a loop over an index',
      'const out = [];\n  for (let i = 0; i < ids.length; i++) {\n    out.push(await repo.getArtifactById(ids[i]));\n  }\n  return out;',
      'const out = [];\n  const foundById = new Map((await repo.getArtifactsByIds(ids)).map((row) => [row.id, row]));\n  for (let i = 0; i < ids.length; i++) {\n    out.push(foundById.get(ids[i]) ?? null);\n  }\n  return out;',
    ],
    [
      'a fan-out',
      'return Promise.all(contexts.map(async (c) => ({ ...c, artifact: await repo.getArtifactById(c.artifactId) })));',
      'const foundById = new Map((await repo.getArtifactsByIds(contexts.map((c) => c.artifactId))).map((row) => [row.id, row]));\n  return Promise.all(contexts.map(async (c) => ({ ...c, artifact: foundById.get(c.artifactId) ?? null })));',
    ],
    [
      // github.com/open-mercato/open-mercato/issues/1399: a findOne a rate, 500 point lookups; there in another ORM's words.
      'Prisma',
      'for (const rate of rates) {\n    const row = await prisma.rate.findUnique({ where: { code: rate.code }, include: { bank: true } });\n    use(row);\n  }',
      'const foundByCode = new Map((await prisma.rate.findMany({ where: { code: { in: rates.map((rate) => rate.code) } }, include: { bank: true } })).map((row) => [row.code, row]));\n  for (const rate of rates) {\n    const row = (foundByCode.get(rate.code) ?? null);\n    use(row);\n  }',
    ],
    [
      'node-postgres',
      "for (const line of lines) {\n    const { rows } = await db.query('SELECT * FROM products WHERE sku = $1', [line.sku]);\n    use(rows[0]);\n  }",
      "const found = await db.query('SELECT * FROM products WHERE sku = ANY($1)', [lines.map((line) => line.sku)]);\n  const rowsBySku = new Map();\n  for (const row of found.rows) rowsBySku.set(String(row.sku), [...(rowsBySku.get(String(row.sku)) ?? []), row]);\n  for (const line of lines) {\n    const { rows } = ({ rows: rowsBySku.get(String(line.sku)) ?? [] });\n    use(rows[0]);\n  }",
    ],
  ])('asks once: %s', (_name, before, after) => {
    expect(run(before).after[0]).toBe(wrap(after));
  });

  it('takes a map that the batch function gives as it is', () => {
    const repo = REPO.replace(/return \(await rows\(\)\)\.filter[^\n]*/, 'return new Map((await rows()).map((row) => [row.id, row]));');
    const { after } = run('for (const id of ids) use(await repo.getArtifactById(id));', repo);
    expect(after[0]).toBe(
      wrap('const artifactsByIdsMap = await repo.getArtifactsByIds(ids);\n  for (const id of ids) use(artifactsByIdsMap.get(id) ?? null);'),
    );
  });

  it.each([
    ['a key that the loop computes', 'for (const c of cs) {\n    const id = next(c);\n    use(await repo.getArtifactById(id));\n  }'],
    ['a query that does not depend on the item', 'for (const c of cs) use(c, await repo.getArtifactById(1));'],
    ['a single query', 'return repo.getArtifactById(id);'],
    ['a statement that writes', "for (const x of xs) await db.query('UPDATE t SET n = 1 WHERE id = $1', [x.id]);"],
  ])('leaves alone %s', (_name, body) => {
    expect(run(body).diagnosis).toBeNull();
  });
});
