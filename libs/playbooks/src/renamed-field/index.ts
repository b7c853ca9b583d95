import { replace } from '@selfheal/engine';
import { isConfigName } from '../shared/config-names.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';
import { otherName, type UnknownProperty, unknownProperties } from '../shared/unknown-property.js';
import { rareNames } from './rare-names.js';

/**
 * A field is read under a name that its object does not have: it was renamed on one side only, or mistyped. The
 * object's names come from its type, its schema or the literal that makes it; without any, from how often a name is used.
 */
export const renamedField = definePlaybook({
  name: 'renamed-field',
  family: 'api',
  title: 'A field is read under another name than it has',
  investigate(scene) {
    const certain = unknownProperties(scene).filter((u) => u.nearest.length > 0 && !isConfigName(u.object));
    const found = certain.length > 0 ? certain : rareNames(scene);
    const [first] = [...found].sort((a, b) => b.weight - a.weight);
    const nearest = first?.nearest[0];
    if (!first || !nearest) return null;
    return {
      summary: `${first.object} has no ${first.name}; it has ${nearest.name}`,
      location: locationOf(first.file, first.property),
      evidence: [sourceEvidence(first.file, first.property, `${first.name} is read here`)],
      instruction: `Read ${nearest.name} instead of ${first.name}.`,
      data: { object: first.object, name: first.name, known: first.nearest.map((n) => n.name) },
      confidence: certain.length > 0 ? 0.82 + 0.1 * first.weight : 0.45,
      risk: 0.2,
      proposals: () => found.slice(0, 8).flatMap(fixes),
    };
  },
});

const fixes = (unknown: UnknownProperty): Proposal[] =>
  unknown.nearest.slice(0, 4).map(({ name, score }) => ({
    edits: { [unknown.file.path]: [replace(unknown.property, otherName(unknown, name))] },
    template: 'renamed-field/read',
    summary: `read ${name} instead of ${unknown.name}`,
    score: (0.6 + 0.35 * score) * (0.5 + 0.5 * unknown.weight),
  }));
