import { definePlaybook } from '../shared/playbook.js';
import { isSlow, type Slowness, slowFinding, slowness } from '../shared/slow.js';
import { batchFunctions } from './batch-functions.js';
import { libraryBatches } from './libraries.js';
import { queriesInLoops } from './queries.js';

/**
 * One query for each item of a list (N+1). Where there is a way to ask for many at once (a function of the same module, a
 * query builder's, SQL's `= ANY`), it is asked once before the loop, and the loop reads from a Map of the answer.
 */
export const queryInLoop = definePlaybook({
  name: 'query-in-loop',
  family: 'performance',
  title: 'One query for each item instead of one for all',
  investigate(scene) {
    if (!isSlow(scene)) return null;
    const found = queriesInLoops(scene).flatMap((query): Slowness[] =>
      [...batchFunctions(scene, query), ...libraryBatches(query)].map(({ edits, template, summary, score }) =>
        slowness('query-in-loop', query.file, query.awaited, edits, { template, summary, score: score * query.weight }),
      ),
    );
    return slowFinding(scene, found, {
      cause: 'one query is made for each item',
      evidence: 'this query runs once for every item',
      instruction: 'Ask for all items in one query before the loop, and read from a Map of the answer in it.',
      confidence: 0.87,
      risk: 0.35,
    });
  },
});
