import type { Evidence, FailurePayload, SourceSnapshot } from '@selfheal/contracts';
import { inAppFrames, projectOf } from '@selfheal/engine';

/** Frames worth showing: those below are how it got there. */
const MAX_FRAMES = 3;

/** What the failure itself shows, for the reader of the cause: the request, the schema's words, the source at its frames. */
export function evidenceOf(failure: FailurePayload, sources: SourceSnapshot): Evidence[] {
  return [...requestLine(failure), ...schemaIssues(failure), ...sourceAtFrames(failure, sources)];
}

function requestLine({ request, response, route, duration_ms }: FailurePayload): Evidence[] {
  if (!request) return [];
  const answer = response ? `, answered ${response.status}` : '';
  const took = duration_ms === undefined ? '' : ` in ${Math.round(duration_ms)} ms`;
  const summary = `${request.method} ${request.path}${answer}${took}`.slice(0, 1000);
  const excerpt = [route && `route: ${route}`, request.body && `body: ${request.body}`, response?.body && `response: ${response.body}`]
    .filter(Boolean)
    .join('\n')
    .slice(0, 4000);
  return [{ kind: 'request', summary, ...(excerpt && { excerpt }) }];
}

const schemaIssues = ({ error }: FailurePayload): Evidence[] =>
  (error.issues ?? [])
    .slice(0, 5)
    .map((issue) => ({ kind: 'schema', summary: `${issue.path.join('.') || '(root)'}: ${issue.message}`.slice(0, 1000) }));

function sourceAtFrames({ error }: FailurePayload, sources: SourceSnapshot): Evidence[] {
  const { frames } = inAppFrames(error.stack ?? '', sources);
  const project = projectOf(sources);
  return frames.slice(0, MAX_FRAMES).flatMap((frame, i): Evidence[] => {
    const file = project.file(frame.file);
    if (file?.offsetAt(frame) === undefined) return [];
    const name = frame.function?.slice(0, 256);
    return [
      {
        kind: 'stack',
        summary: `${i === 0 ? 'thrown' : 'called'} in ${name ?? 'an anonymous function'}, ${frame.file}:${frame.line}`.slice(0, 1000),
        location: { file: frame.file, line: frame.line, column: frame.column, ...(name && { function: name }) },
        excerpt: file.excerpt(frame.line).slice(0, 8000),
      },
    ];
  });
}

/** Frames that were not used, as one item of evidence and one line for people. */
export function ignoredFrames(ignored: readonly { file: string; reason: string }[]): Evidence[] {
  const [first] = ignored;
  if (!first) return [];
  const listed = ignored.slice(0, 10).map(({ file, reason }) => `${JSON.stringify(file)}: ${reason}`);
  return [{ kind: 'stack', summary: `${ignored.length} frame(s) of the stack were ignored`, excerpt: listed.join('\n').slice(0, 8000) }];
}
